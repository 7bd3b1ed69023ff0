// The widgets of one kernel, as their scripts expect them.
import { events } from "../page/signal.js";
import { connectKernel } from "./kernel.js";

// What a widget's script expects of its model: get, set, on, off, send. Its values are the kernel's; none is written back.
function liveModel(kernel, id, state) {
  const { on, off, emit } = events();
  return {
    widget_manager: { kernel },
    get: (name) => state[name],
    on,
    off,
    send: (content, _callbacks, buffers = []) =>
      kernel.send("comm_msg", { comm_id: id, data: { method: "custom", content } }, { buffers }),
    receive({ data }, buffers) {
      if (data.method === "custom") emit("msg:custom", data.content, buffers);
      if (data.method !== "update") return;
      state = { ...state, ...data.state };
      for (const name of Object.keys(data.state)) emit(`change:${name}`);
    },
  };
}

function askForStates(kernel) {
  const comm_id = `course-${Math.random().toString(36).slice(2)}`;
  kernel.send("comm_open", { comm_id, target_name: "jupyter.widget.control", data: {} }, { metadata: { version: "1.0.0" } });
  kernel.send("comm_msg", { comm_id, data: { method: "request_states" } });
}

// The kernel ends with the page.
function endWithPage(kernel, base, id) {
  addEventListener("pagehide", () => {
    const token = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";
    const form = new FormData();
    form.append("_xsrf", decodeURIComponent(token));
    navigator.sendBeacon(new URL(`voila/api/shutdown/${id}`, base), form);
    kernel.close();
  });
  // a page that the browser kept has lost its kernel
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

// Connect to the kernel `id`; when `ready` has come, ask for its widgets, and call `found` with their models by id;
// `refused` where the server is there and the line is not let through.
export async function meetModels(base, id, ready, found, refused) {
  const models = new Map();
  const kernel = connectKernel(base, id, ({ header, content, buffers }) => {
    if (header.msg_type !== "comm_msg") return;
    if (content.data.method !== "update_states") return models.get(content.comm_id)?.receive(content, buffers);
    if (models.size) return;
    for (const [key, { state }] of Object.entries(content.data.states)) models.set(key, liveModel(kernel, key, state));
    found(models);
  });
  kernel.refused.connect(refused);
  endWithPage(kernel, base, id);
  await ready;
  askForStates(kernel);
}
