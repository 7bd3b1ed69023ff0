// The line from a dashboard's page to its kernel: it mends itself, and says when there is nothing left to mend.
import { signal } from "../page/signal.js";
import { pack, PROTOCOL, unpack } from "./wire.js";

const FIRST_TRY = 500;
const LAST_TRY = 8_000;
// so often the server is there and the line is not
const REFUSED = 3;

// `base`: the server's address with a slash at its end. `hear(message)` gets every message of the kernel.
export function connectKernel(base, id, hear) {
  return new Kernel(new URL(`api/kernels/${id}`, base), hear);
}

class Kernel {
  #session = crypto.randomUUID?.() ?? Math.random().toString(36).slice(2);
  #socket = null;
  #waiting = [];
  #tries = 0;
  #count = 0;
  #over = false;
  #stood = false;

  constructor(address, hear) {
    this.address = address;
    this.hear = hear;
    this.statusChanged = signal(this);
    this.connectionStatusChanged = signal(this);
    this.disposed = signal(this);
    this.refused = signal(this);
    this.#open();
  }

  #open() {
    const line = new URL(`${this.address.href}/channels?session_id=${this.#session}`);
    line.protocol = line.protocol.replace("http", "ws");
    const socket = new WebSocket(line, PROTOCOL);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#tries = 0;
      this.#stood = true;
      for (const message of this.#waiting.splice(0)) socket.send(message);
      this.connectionStatusChanged.emit("connected");
    };
    socket.onmessage = ({ data }) => {
      const message = unpack(data);
      if (message.header.msg_type !== "status") this.hear(message);
      else this.statusChanged.emit(message.content.execution_state);
    };
    socket.onclose = () => this.#closed();
  }

  #closed() {
    if (this.#over) return;
    this.connectionStatusChanged.emit("disconnected");
    setTimeout(() => this.#again(), Math.min(LAST_TRY, FIRST_TRY * 2 ** this.#tries));
    this.#tries += 1;
  }

  // a kernel that is gone for good answers 404; anything else may pass
  async #again() {
    if (this.#over) return;
    const answer = await fetch(this.address).catch(() => null);
    if (answer?.status === 404) {
      this.#over = true;
      this.statusChanged.emit("dead");
      return;
    }
    if (answer?.ok && !this.#stood && this.#tries >= REFUSED) this.refused.emit();
    this.#open();
  }

  send(type, content, { channel = "shell", metadata = {}, buffers = [] } = {}) {
    this.#count += 1;
    const header = {
      msg_id: `${this.#session}-${this.#count}`,
      msg_type: type,
      session: this.#session,
      username: "",
      date: new Date().toISOString(),
      version: "5.3",
    };
    const message = pack({ channel, header, metadata, content, buffers });
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
    else this.#waiting.push(message);
  }

  close() {
    this.#over = true;
    this.#socket.close();
  }
}
