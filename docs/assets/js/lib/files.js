// @ts-check
// Files as they arrive: unzipped, then read as JSON or line by line.

const decoder = new TextDecoder();

/** Unzips; bytes that a server already unzipped pass as they are. @param {ArrayBuffer} buffer @returns {Promise<Uint8Array>} */
export async function unzip(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  if (typeof DecompressionStream === "undefined") throw new Error("DecompressionStream manque");
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {Uint8Array} bytes */
export const json = (bytes) => JSON.parse(decoder.decode(bytes));
/** @param {Uint8Array} bytes */
export const lines = (bytes) => decoder.decode(bytes).split("\n");
