// Kernel messages as Jupyter Server sends them over a websocket: protocol v1, with binary buffers.
export const PROTOCOL = "v1.kernel.websocket.jupyter.org";

const PARTS = ["header", "parent_header", "metadata", "content"];

// One message { channel, header, parent_header, metadata, content, buffers } as bytes.
export function pack({ channel, buffers = [], ...message }) {
  const utf8 = new TextEncoder();
  const texts = PARTS.map((name) => utf8.encode(JSON.stringify(message[name] ?? {})));
  const pieces = [utf8.encode(channel), ...texts, ...buffers.map(bytes)];
  const head = 8 * (pieces.length + 2);
  const offsets = [head];
  for (const piece of pieces) offsets.push(offsets.at(-1) + piece.byteLength);
  const whole = new Uint8Array(offsets.at(-1));
  const view = new DataView(whole.buffer);
  [offsets.length, ...offsets].forEach((number, index) => view.setBigUint64(8 * index, BigInt(number), true));
  pieces.forEach((piece, index) => whole.set(piece, offsets[index]));
  return whole;
}

function bytes(buffer) {
  return ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer);
}

// What `pack` packed; the buffers are DataViews on `data`, nothing is copied.
export function unpack(data) {
  const view = new DataView(data);
  const count = Number(view.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, index) => Number(view.getBigUint64(8 * (index + 1), true)));
  const piece = (index) => new Uint8Array(data, offsets[index], offsets[index + 1] - offsets[index]);
  const utf8 = new TextDecoder();
  const message = { channel: utf8.decode(piece(0)), buffers: [] };
  PARTS.forEach((name, index) => (message[name] = JSON.parse(utf8.decode(piece(index + 1)))));
  for (let index = PARTS.length + 1; index < count - 1; index += 1) {
    message.buffers.push(new DataView(data, offsets[index], offsets[index + 1] - offsets[index]));
  }
  return message;
}
