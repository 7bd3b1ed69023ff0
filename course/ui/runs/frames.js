// Answers of the run service as they travel (course/runs/frames.py): size of the rest, size of the JSON, the JSON, the buffers.
const HEAD = 8;

// { frames: [[message, buffers], …], rest: bytes of one that has not arrived whole }
export function readFrames(bytes) {
  const frames = [];
  let at = 0;
  while (bytes.byteLength - at >= HEAD) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    const size = view.getUint32(0, true);
    if (bytes.byteLength - at - 4 < size) break;
    frames.push(readFrame(bytes.subarray(at + HEAD, at + 4 + size), view.getUint32(4, true)));
    at += 4 + size;
  }
  return { frames, rest: bytes.subarray(at) };
}

function readFrame(bytes, length) {
  const { buffers: sizes, ...message } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, length)));
  let at = length;
  const buffers = sizes.map((size) => {
    at += size;
    return new DataView(bytes.buffer, bytes.byteOffset + at - size, size);
  });
  return [message, buffers];
}

// The frame that stands within a page: [message, buffers in base64].
export function unpacked([message, texts]) {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return [message, texts.map((text) => new DataView(bytes(text).buffer))];
}

export function together(one, other) {
  const whole = new Uint8Array(one.byteLength + other.byteLength);
  whole.set(one);
  whole.set(other, one.byteLength);
  return whole;
}
