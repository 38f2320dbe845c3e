/**
 * The variants of this lab: a server whose limits are all sound and all a little different, so that a neighbour's figures are wrong. Knows no
 * machine.
 */
import { random } from '../random.ts'

export interface Variant {
  /** net.core.netdev_max_backlog. */
  backlog: number
  /** net.netfilter.nf_conntrack_max. */
  connections: number
  /** net.ipv4.tcp_max_syn_backlog. */
  halfOpen: number
  /** The limit of Puma's accept queue, which is not what somaxconn says now. */
  accept: number
  /** net.core.somaxconn, raised after Puma had begun to listen. */
  somaxconn: number
  /** The middle of net.ipv4.tcp_rmem: bytes of receive buffer that a socket begins with. Puma's is older, and so are its connections' (debrief.md). */
  receiveBuffer: number
  /** Descriptors that Puma may have open. */
  descriptors: number
}

export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const accept = draw.int(5, 15) * 64
  return {
    backlog: draw.int(11, 30) * 100,
    connections: draw.int(20, 60) * 1024,
    halfOpen: draw.int(3, 15) * 64,
    accept,
    somaxconn: accept + draw.int(16, 48) * 64,
    receiveBuffer: 65_536 + draw.int(1, 15) * 4_096,
    descriptors: 1024 + draw.int(1, 40) * 64,
  }
}
