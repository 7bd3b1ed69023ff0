// The line from a dashboard's page to its kernel: it mends itself, and says when there is nothing left to mend.
import { pack, PROTOCOL, unpack } from "./wire.js";

const FIRST_TRY = 500;
const LAST_TRY = 8_000;

// What widgets expect of JupyterLab's signals: connect and disconnect; the sender comes first.
function signal(sender) {
  const slots = new Set();
  return {
    connect: (slot) => slots.add(slot),
    disconnect: (slot) => slots.delete(slot),
    emit: (value) => [...slots].forEach((slot) => slot(sender, value)),
  };
}

// `base`: the server's address with a slash at its end. `hear(message)` gets every message of the kernel.
export function connectKernel(base, id, hear) {
  const session = crypto.randomUUID?.() ?? Math.random().toString(36).slice(2);
  const address = new URL(`api/kernels/${id}`, base);
  const kernel = {};
  kernel.statusChanged = signal(kernel);
  kernel.connectionStatusChanged = signal(kernel);
  kernel.disposed = signal(kernel);
  let socket = null;
  let waiting = [];
  let tries = 0;
  let over = false;

  function open() {
    const line = new URL(`${address.href}/channels?session_id=${session}`);
    line.protocol = line.protocol.replace("http", "ws");
    socket = new WebSocket(line, PROTOCOL);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      tries = 0;
      for (const message of waiting.splice(0)) socket.send(message);
      kernel.connectionStatusChanged.emit("connected");
    };
    socket.onmessage = ({ data }) => {
      const message = unpack(data);
      if (message.header.msg_type !== "status") hear(message);
      else kernel.statusChanged.emit(message.content.execution_state);
    };
    socket.onclose = () => {
      if (over) return;
      kernel.connectionStatusChanged.emit("disconnected");
      setTimeout(again, Math.min(LAST_TRY, FIRST_TRY * 2 ** tries));
      tries += 1;
    };
  }

  // a kernel that is gone for good answers 404; anything else may pass
  async function again() {
    if (over) return;
    const answer = await fetch(address).catch(() => null);
    if (answer?.status === 404) {
      over = true;
      kernel.statusChanged.emit("dead");
    } else open();
  }

  kernel.send = (type, content, { channel = "shell", metadata = {}, buffers = [] } = {}) => {
    const header = {
      msg_id: `${session}-${(kernel.count = (kernel.count ?? 0) + 1)}`,
      msg_type: type,
      session,
      username: "",
      date: new Date().toISOString(),
      version: "5.3",
    };
    const message = pack({ channel, header, metadata, content, buffers });
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
    else waiting.push(message);
  };
  kernel.close = () => {
    over = true;
    socket.close();
  };
  open();
  return kernel;
}
