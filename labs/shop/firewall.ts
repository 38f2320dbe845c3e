/**
 * The shop behind a firewall: the machine that has it, what the world meets where it lets nobody in, and the criterion that it still filters.
 * Outcomes of the world's own attempts decide, not what the guest says of its rules. Knows no single lab.
 */
import type { PlannedDatagrams } from '../../grader/guest.ts'
import { random } from '../random.ts'
import type { Finding, Machine, Sandbox } from '../schema.ts'
import { failed, harmless, type Sides } from './criteria.ts'
import { type Collection, collectShop, type Evidence, type Knock } from './evidence.ts'

/** A range of near clients that the standing firewall turns away for good reason: no lab's honest clients come from it. */
export const blockedRange = '198.18.29'

/**
 * One template for all labs behind a firewall: `nft` costs 0.3 s in a fresh machine, so the ruleset is baked in. nf_conntrack is named in
 * modules-load.d, so that a file of sysctl.d finds its settings at boot. office0 is a second way out that no honest packet takes.
 */
export const firewallMachine: Machine = {
  nic: 'vmxnet3',
  vcpus: 2,
  memoryMb: 256,
  prepare: `set -eu
mkdir -p /etc/nftables.d
cat >/etc/nftables.conf <<'RULES'
#!/usr/sbin/nft -f
# The shop's firewall: the world may ask for pages, and nothing else. What is added for a while goes to /etc/nftables.d.
flush ruleset

table inet filter {
	set blocked {
		type ipv4_addr
		flags interval
		comment "copied the whole catalogue last spring; stays"
		elements = { ${blockedRange}.0/24 }
	}
	chain input {
		type filter hook input priority filter; policy drop;
		iif lo accept
		ip saddr @blocked counter drop
		ct state established,related accept
		ct state invalid counter drop
		icmp type echo-request accept
		tcp dport 80 accept
		counter comment "nobody asked for this"
	}
}
include "/etc/nftables.d/*.nft"
RULES
echo nf_conntrack >/etc/modules-load.d/firewall.conf
modprobe nf_conntrack
cat >>/etc/network/interfaces <<'LINE'

# the provider's private line to the office
auto office0
iface office0 inet static
    pre-up ip link add office0 type dummy
    address 10.66.0.1/24
LINE
ifup office0
cat >/etc/sysctl.d/50-spoofing.conf <<'SYSCTL'
# Whoever sends from an address that is not on that side of this server is lying.
net.ipv4.conf.all.rp_filter = 1
net.ipv4.conf.eth0.rp_filter = 1
SYSCTL
sysctl -qp /etc/sysctl.d/50-spoofing.conf
systemctl enable --now -q nftables
`,
}

/** The shop's collection, and then the world knocks where nobody is let in. */
export async function collectBehindFirewall(
  sandbox: Sandbox,
  collection: Collection,
  seed: number,
): Promise<Evidence> {
  const evidence = await collectShop(sandbox, collection)
  return { ...evidence, knocks: await knock(sandbox, seed) }
}

/**
 * Ports that nobody can foresee, from near and far, and port 80 from the blocked range. A line of datagrams asks a port of its own, so that
 * one plan knocks at all of them at once; the datagram itself is beside the point. An open path answers with a reset at least.
 */
async function knock({ world }: Sandbox, seed: number): Promise<Knock[]> {
  const draw = random(seed, 'knock')
  const near = () => `198.18.${16 + draw.int(0, 11)}.${draw.int(1, 254)}`
  const far = () => `198.19.${draw.int(0, 127)}.${draw.int(1, 254)}`
  const at = [near(), near(), far(), far()].map((src) => ({ src, port: draw.int(1025, 32_000) }))
  const knocks = [...at, { src: `${blockedRange}.${draw.int(1, 254)}`, port: 80 }]
  const { results } = await world.load({
    dst: '198.18.0.2',
    port: 80,
    requests: knocks.map(
      ({ src, port }): PlannedDatagrams => ({
        kind: 'datagrams',
        atMs: 0,
        src,
        sources: 1,
        count: 1,
        bytes: 16,
        port,
        askPort: port,
        connectTimeoutMs: 600,
        totalTimeoutMs: 900,
      }),
    ),
  })
  return knocks.map((one, i) => ({
    ...one,
    met: results[i]?.outcome === 'connect-timeout' ? 'silence' : 'an answer',
  }))
}

/** What the firewall filtered it still filters: by what the world met. */
export function judgeFirewall(
  { served }: Pick<Sides, 'served'>,
  before: Pick<Evidence, 'knocks'>,
  after: Pick<Evidence, 'knocks'>,
): Finding {
  const evidence = (after.knocks ?? []).map(({ src, port, met }, i) => ({
    label: `Port ${port} asked from ${src}`,
    before: before.knocks?.[i]?.met ?? 'not asked',
    after: met,
  }))
  const open = (after.knocks ?? []).filter(({ met }) => met !== 'silence')
  if (evidence.length === 0) return failed('Nobody knocked.', [])
  if (open.length > 0) {
    return failed(
      `${open.length} of ${evidence.length} attempts that this firewall used to leave unanswered were answered.`,
      evidence,
    )
  }
  return harmless('What the firewall kept out it still keeps out.', evidence, served)
}

/** Whether the baseline found the firewall at work. */
export const isFirewalled = ({ knocks }: Evidence): boolean =>
  (knocks ?? [{ met: 'nothing' }]).every(({ met }) => met === 'silence')
