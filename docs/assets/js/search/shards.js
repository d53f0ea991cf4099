// @ts-check
// The files of recherche/: opened, decoded, kept. Their shape is told in banque/search/.

const lettres = new TextDecoder();

/** Unzips; bytes that a server already unzipped pass as they are. @param {ArrayBuffer} octets @returns {Promise<Uint8Array>} */
export async function ouvrir(octets) {
  const bytes = new Uint8Array(octets);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** LEB128 numbers from a place on. @param {Uint8Array} bytes */
function lecteur(bytes, place = 0) {
  return {
    fini: () => place >= bytes.length,
    octet: () => bytes[place++],
    nombre() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[place++];
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    },
  };
}

/** @typedef {{documents: Uint32Array, octets: Uint8Array}} Liste  a stem's documents, and for each weight << 4 | rubrique */

/** A shard: stems in order, and the list of each, decoded when asked. */
export class Tranche {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    /** @type {string[]} */
    this.racines = [];
    /** @type {Map<string, {nombre: number, debut: number, fin: number}>} */
    this.places = new Map();
    this.bytes = bytes;
    let place = 4 + head;
    for (const line of lettres.decode(bytes.subarray(4, 4 + head)).split("\n")) {
      const [racine, nombre, taille] = line.split(" ");
      this.racines.push(racine);
      this.places.set(racine, { nombre: Number(nombre), debut: place, fin: place + Number(taille) });
      place += Number(taille);
    }
  }

  /** @param {string} racine @returns {Liste | null} */
  liste(racine) {
    const found = this.places.get(racine);
    if (!found) return null;
    const documents = new Uint32Array(found.nombre);
    const octets = new Uint8Array(found.nombre);
    const read = lecteur(this.bytes, found.debut);
    for (let i = 0, document = -1; i < found.nombre; i++) {
      document += read.nombre() + 1;
      documents[i] = document;
      octets[i] = read.octet();
    }
    return { documents, octets };
  }
}

/** @typedef {{id: string, libelle: string, parent: string | null, n: number, adresse?: string}} Valeur  `adresse`: its page, where the id does not tell */

/** A facet's column: the ranks of the values that each document bears. */
export class Colonne {
  /** @param {Uint8Array} bytes @param {number} n documents */
  constructor(bytes, n) {
    const line = bytes.indexOf(10);
    /** @type {Valeur[]} */
    this.valeurs = JSON.parse(lettres.decode(bytes.subarray(0, line)));
    /** @type {Map<string, number>} */
    this.rangs = new Map(this.valeurs.map((valeur, rang) => [valeur.id, rang]));
    const read = lecteur(bytes, line + 1);
    this.debuts = new Uint32Array(n + 1);
    const values = [];
    for (let document = 0; document < n; document++) {
      for (let value = read.nombre(); value; value = read.nombre()) values.push(value - 1);
      this.debuts[document + 1] = values.length;
    }
    this.contenu = Uint16Array.from(values);
  }

  /** Whether a document bears one of the chosen ranks. @param {number} document @param {Uint8Array} choisis */
  porte(document, choisis) {
    for (let i = this.debuts[document]; i < this.debuts[document + 1]; i++) if (choisis[this.contenu[i]]) return true;
    return false;
  }

  /** Adds a document to the counts. @param {number} document @param {Uint32Array} comptes */
  compter(document, comptes) {
    for (let i = this.debuts[document]; i < this.debuts[document + 1]; i++) comptes[this.contenu[i]]++;
  }
}

/** The rank of each document in a given order. @param {Uint8Array} bytes @param {number} n */
export function ordre(bytes, n) {
  const read = lecteur(bytes);
  const rangs = new Uint32Array(n);
  for (let i = 0; i < n; i++) rangs[read.nombre()] = i;
  return rangs;
}

/** @param {Uint8Array} bytes */
export const json = (bytes) => JSON.parse(lettres.decode(bytes));
/** @param {Uint8Array} bytes */
export const lignes = (bytes) => lettres.decode(bytes).split("\n");
