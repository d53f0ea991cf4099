// @ts-check
// Whole numbers in few bytes, and where a word stands among sorted ones: what every file of the index needs to be read.

/** LEB128 numbers from a place on. @param {Uint8Array} bytes */
export function reader(bytes, place = 0) {
  return {
    done: () => place >= bytes.length,
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[place++];
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    },
  };
}

/** The rank of the last of some sorted words that is a given one or before it. @param {string[]} firsts @param {string} word */
export function rankOf(firsts, word) {
  let low = 0;
  for (let high = firsts.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle] <= word) low = middle;
    else high = middle - 1;
  }
  return low;
}
