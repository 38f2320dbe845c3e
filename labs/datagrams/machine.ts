/**
 * The server of every lab that measures datagrams: the shop, and beside it a telemetry collector whose NIC is set up for bursts. One text of
 * preparation for all of them, so that labs with the same NIC share a template. Knows no single lab.
 */
import type { Machine } from '../schema.ts'

/** Beyond the largest burst of any lab: a ring of this size loses nothing, however slowly the host empties it. */
export const preparedRing = 4096

/**
 * At the end, what a check runs is run once: a host that was busy when it made the template leaves it cold, and then each sandbox unpacks these
 * programs anew, which was seen to take ten seconds.
 */
const prepare = `set -eu
systemctl enable --now telemetry
printf '    # Telemetry comes in bursts: the receive ring must hold a whole one.\\n    post-up ethtool -G eth0 rx ${preparedRing}\\n' >>/etc/network/interfaces
ethtool -G eth0 rx ${preparedRing}
{ ss -Hlntp 'sport = :80'; nft list ruleset; ethtool -S eth0; ethtool -g eth0; nstat -az; mkdir -p /etc/network; chmod 755 /etc/network; } >/dev/null
`

export const datagramMachine = (nic: Machine['nic']): Machine => ({ nic, vcpus: 2, memoryMb: 256, prepare })
