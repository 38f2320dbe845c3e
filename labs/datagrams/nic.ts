/**
 * The receive ring and its losses as ethtool 6.14 prints them for vmxnet3 and igb. Knows no lab.
 */

/** Null where the text says nothing of it. */
export interface Ring {
  rx: number | null
  most: number | null
}

/** `ethtool -g`: first what the hardware can do, then what is in force. */
export function ringOf(text: string): Ring {
  const [most, rx] = [...text.matchAll(/^RX:\s+(\d+)$/gm)].map(([, number]) => Number(number))
  return { rx: rx ?? null, most: most ?? null }
}

/** Packets that found no free descriptor, all queues of vmxnet3; null where the driver has no such line. */
export function outOfBuffer(text: string): number | null {
  const counts = [...text.matchAll(/^\s*pkts rx OOB:\s+(\d+)$/gm)].map(([, number]) => Number(number))
  return counts.length > 0 ? counts.reduce((sum, one) => sum + one, 0) : null
}
