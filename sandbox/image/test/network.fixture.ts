/**
 * Network namespaces of a test's own, as a container has one: the world's, and a second one in the guest's place at the other end of a wire
 * named tap0. Each lives as long as the process that holds it, and that one no longer than the test. Needs root and /dev/net/tun.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { readlink } from 'node:fs/promises'
import { promisify } from 'node:util'
import { until } from './harness.fixture.ts'

const run = promisify(execFile)

/** Whether this machine lets a test have networks of its own. */
export function canHaveNetworks(): boolean {
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK)
    return process.getuid?.() === 0
  } catch {
    return false
  }
}

export class Network implements AsyncDisposable {
  private constructor(private readonly holder: ChildProcess) {}

  static async open(): Promise<Network> {
    const holder = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'ignore', 'inherit'] })
    const network = new Network(holder)
    const own = await readlink('/proc/self/ns/net')
    await until(async () => (await readlink(`/proc/${holder.pid}/ns/net`)) !== own)
    await network.do('ip link set lo up')
    return network
  }

  get pid(): number {
    return this.holder.pid as number
  }

  /** The command that runs this command in here. */
  words(command: string[]): string[] {
    return ['nsenter', `--net=/proc/${this.pid}/ns/net`, ...command]
  }

  /** Runs shell lines in here; what they print. */
  async do(script: string): Promise<string> {
    const [program = '', ...words] = this.words(['sh', '-euc', script])
    return (await run(program, words)).stdout
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = new Promise((resolve) => this.holder.once('exit', resolve))
    this.holder.stdin?.end()
    await gone
  }
}

/** The world's network and the guest's, with the sysctls and addresses that sandbox/docker.ts and the guest's image give them. */
export async function wire(): Promise<{ world: Network; guest: Network } & AsyncDisposable> {
  const [world, guest] = await Promise.all([Network.open(), Network.open()])
  await world.do(`
    cd /proc/sys/net/ipv4
    echo 1 >ip_forward; echo 1 >conf/all/accept_local; echo 0 >conf/all/rp_filter; echo 0 >conf/default/rp_filter
    echo 2 >conf/all/arp_ignore; echo 0 >tcp_early_demux; echo 0 >udp_early_demux
    ip link add tap0 type veth peer name eth0 netns ${guest.pid}
    ip addr add 198.18.0.1/30 dev tap0
    ip route add local 198.18.16.0/20 dev lo table local
    ip link set tap0 up`)
  await guest.do(`
    ip addr add 198.18.0.2/24 dev eth0
    ip link set eth0 up
    ip route add default via 198.18.0.1`)
  return {
    world,
    guest,
    async [Symbol.asyncDispose]() {
      await Promise.all([world[Symbol.asyncDispose](), guest[Symbol.asyncDispose]()])
    },
  }
}
