// Pictures to upload: a photo as a phone takes it, noise, a picture bomb, and a file that is none.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** A file as somebody chooses it. */
export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What the camera wrote into the photo, which nobody else is to read. */
export const CAMERA = 'Fonograf X200, 48.8583N 2.2945E';

/**
 * A photo as a phone that was held upright stores it: 1200 × 900 pixels lying on their side, and a
 * note to turn them by a quarter. Upright it is 900 × 1200, red above and blue below.
 */
export function sidewaysPhoto(): ChosenFile {
  const jpeg = readFileSync(join(__dirname, '../pictures/landscape.jpg'));
  const start = jpeg.subarray(0, 2);
  return {
    name: 'portrait.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.concat([start, exif(), jpeg.subarray(2)]),
  };
}

/** An EXIF segment with two entries: the camera's name, and orientation 6. */
function exif(): Buffer {
  const ENTRIES_AT = 8;
  const TEXT_AT = ENTRIES_AT + 2 + 2 * 12 + 4;
  const text = Buffer.from(`${CAMERA}\0`, 'latin1');
  const tiff = Buffer.alloc(TEXT_AT);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(ENTRIES_AT, 4);
  tiff.writeUInt16BE(2, ENTRIES_AT);
  entry(tiff, ENTRIES_AT + 2, { tag: 0x0110, type: 2, count: text.length });
  tiff.writeUInt32BE(TEXT_AT, ENTRIES_AT + 10);
  entry(tiff, ENTRIES_AT + 14, { tag: 0x0112, type: 3, count: 1 });
  tiff.writeUInt16BE(6, ENTRIES_AT + 22);
  const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, text]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

function entry(tiff: Buffer, at: number, it: { tag: number; type: number; count: number }) {
  tiff.writeUInt16BE(it.tag, at);
  tiff.writeUInt16BE(it.type, at + 2);
  tiff.writeUInt32BE(it.count, at + 4);
}

/** A PNG of noise, which no browser can shrink in bytes: `side` × `side` pixels, three bytes each. */
export function noise(side: number): ChosenFile {
  const line = () => Buffer.concat([Buffer.from([0]), randomBytes(side * 3)]);
  const pixels = Buffer.concat(Array.from({ length: side }, line));
  return png('noise.png', side, deflateSync(pixels, { level: 0 }));
}

/** A PNG of a few bytes that claims 30,000 × 30,000 pixels: 3.6 GB once decoded. */
export function pictureBomb(): ChosenFile {
  return png('bomb.png', 30_000, deflateSync(Buffer.alloc(64)));
}

/** A text that is called a picture. */
export function textCalledPng(): ChosenFile {
  return { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('Not a picture at all.\n') };
}

function png(name: string, side: number, pixels: Buffer): ChosenFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const buffer = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mimeType: 'image/png', buffer };
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The checksum of a chunk, which Node's own zlib has from version 20.15 on only. */
function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
