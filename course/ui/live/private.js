// A kernel of one's own for a page that has none: a tool that takes what is private asks for it when it is opened.
import { meetModels } from "./models.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const ASK_AGAIN = 5;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

// The dashboard's page with a kernel, which is read, not shown; `full()` is told where all places are taken.
async function pageOf(address, full) {
  for (;;) {
    const response = await fetch(address, { credentials: "same-origin" });
    if (response.ok) return new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.status !== 503) throw new Error(`no kernel: ${response.status}`);
    full();
    await pause(Number(response.headers.get("Retry-After") ?? ASK_AGAIN));
  }
}

// The model of the dashboard in a kernel of its own, once it is there.
export async function privateModel(base, address, full) {
  const page = await pageOf(address, full);
  const { kernelId } = JSON.parse(page.getElementById("jupyter-config-data").textContent);
  const outputs = [...page.querySelectorAll('script[type="application/vnd.course.outputs+json"]')];
  const [id] = outputs.flatMap((script) => JSON.parse(script.textContent)).flatMap(({ data }) => data?.[VIEW]?.model_id ?? []);
  if (!id) throw new Error("the kernel brought no dashboard");
  return new Promise((resolve, reject) => {
    const found = (models) => (models.has(id) ? resolve(models.get(id)) : reject(new Error("no dashboard")));
    meetModels(base, kernelId, null, found, () => reject(new Error("the line is refused")));
  });
}
