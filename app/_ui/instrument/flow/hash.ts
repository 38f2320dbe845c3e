/**
 * Which listening socket of a port gets a connection, when several share it by SO_REUSEPORT. The arithmetic of kernel 6.12 on a little-endian
 * processor: inet_ehashfn (net/ipv4/inet_hashtables.c) hashes the four numbers with jhash_3words (include/linux/jhash.h), and
 * reuseport_select_sock_by_hash (net/core/sock_reuseport.c) scales that to the number of sockets with reciprocal_scale (include/linux/math.h).
 */
export interface FourTuple {
  /** As written: 198.18.0.2 */
  localAddress: string
  localPort: number
  farAddress: string
  farPort: number
}

export function flowHash(
  { localAddress, localPort, farAddress, farPort }: FourTuple,
  secret: number,
): number {
  const ports = ((localPort << 16) | swapped(farPort)) >>> 0
  return jhash3words(wordOf(localAddress), wordOf(farAddress), ports, secret)
}

/** The socket's place among those that listen, in the order in which they began to. */
export const reciprocalScale = (hash: number, sockets: number): number =>
  Math.floor((hash * sockets) / 2 ** 32)

/** An address as the kernel holds it: in the order of the wire, read by a little-endian processor. */
function wordOf(address: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0
}

/** The client's port stays in the order of the wire; ours does not. */
const swapped = (port: number): number => ((port & 0xff) << 8) | (port >> 8)

const initial = 0xdeadbeef

export function jhash3words(first: number, second: number, third: number, secret: number): number {
  const base = (secret + initial + (3 << 2)) | 0
  let a = (first + base) | 0
  let b = (second + base) | 0
  let c = (third + base) | 0
  c = ((c ^ b) - rotated(b, 14)) | 0
  a = ((a ^ c) - rotated(c, 11)) | 0
  b = ((b ^ a) - rotated(a, 25)) | 0
  c = ((c ^ b) - rotated(b, 16)) | 0
  a = ((a ^ c) - rotated(c, 4)) | 0
  b = ((b ^ a) - rotated(a, 14)) | 0
  c = ((c ^ b) - rotated(b, 24)) | 0
  return c >>> 0
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by))
