/**
 * The server of every lab that measures datagrams: the shop, and beside it a telemetry collector whose NIC is set up for bursts. One text of
 * preparation for all of them, so that labs with the same NIC share a template. Knows no single lab.
 */
import type { Machine } from '../schema.ts'

/** Beyond the largest burst of any lab: a ring of this size loses nothing, however slowly the host empties it. */
export const preparedRing = 4096

/** vmxnet3 puts everything into one ring. */
const longRing = `printf '    # Telemetry comes in bursts: the receive ring must hold a whole one.\\n    post-up ethtool -G eth0 rx ${preparedRing}\\n' >>/etc/network/interfaces
ethtool -G eth0 rx ${preparedRing}
`

/**
 * igb has a ring for each processor and keeps its own size. By addresses alone its hash, whose key is drawn at boot, puts all of some hundred
 * neighbours into one ring on one machine in 256; with ports it spreads them on any.
 */
const hashedPorts = `printf '    # Many devices share an address: tell them apart by port, too.\\n    post-up ethtool -N eth0 rx-flow-hash udp4 sdfn\\n' >>/etc/network/interfaces
ethtool -N eth0 rx-flow-hash udp4 sdfn
ethtool -x eth0 >/dev/null
`

/**
 * At the end, what a check runs is run once: a host that was busy when it made the template leaves it cold, and then each sandbox unpacks these
 * programs anew, which was seen to take ten seconds.
 */
const prepare = (nic: Machine['nic']): string => `set -eu
systemctl enable --now telemetry
${nic === 'igb' ? hashedPorts : longRing}{ ss -Hlntp 'sport = :80'; nft list ruleset; ethtool -S eth0; ethtool -g eth0; nstat -az; mkdir -p /etc/network; chmod 755 /etc/network; } >/dev/null
`

export const datagramMachine = (nic: Machine['nic']): Machine => ({
  nic,
  vcpus: 2,
  memoryMb: 256,
  prepare: prepare(nic),
})
