/**
 * The walls around a learner, attacked from both sides of the first one: as root of a real guest, and as somebody who has broken out of QEMU and
 * is its user in the container. docs/security.md says what each wall is for.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openCatalog } from '../labs/catalog.ts'
import { connectLink } from '../sandbox/link.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import { openSandboxes, type Sandboxes } from '../sandbox/setup.ts'
import { hostConfigOf, inside, letLoose, qemuUid, used } from './support/inside.ts'
import { processesOf } from './support/processes.ts'
import { pause } from './support/service.ts'

const lab = (await openCatalog()).get('accept-queue')
let home: string
let sandboxes: Sandboxes
let machine: RunningMachine
let container: string
const cells: string[] = []

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-walls-'))
  sandboxes = await openSandboxes({ home, accel: 'tcg' })
  machine = await sandboxes.start({ lab, seed: 1, owner: 'cli:test', lingerSeconds: 60 })
  container = machine.container.id
}, 1_200_000)

afterEach(async () => {
  for (const id of cells.splice(0)) await sandboxes.driver.remove(id)
})

afterAll(async () => {
  await machine?.dispose()
  await rm(home, { recursive: true, force: true })
})

/** A container with all the walls of a sandbox and no machine inside, for attacks that no machine would survive. */
async function cell({
  memoryMb = 64,
  cpus = 1,
  command = ['/usr/bin/busybox', 'sleep', '120'],
} = {}): Promise<string> {
  const { id } = await sandboxes.driver.run({
    name: `ringside-walls-${randomUUID()}`,
    image: sandboxes.image,
    command,
    labels: { 'ringside.test': 'walls' },
    volumes: [],
    memoryMb,
    cpus,
    kvm: false,
  })
  cells.push(id)
  return id
}

const guest = (script: string) => machine.guest.run(script, { timeoutMs: 60_000 })
const spinning = (loops: number) => `for i in $(seq ${loops}); do while :; do :; done & done; wait`

/** Shares of each container's processor time while all of them go on for a while. */
async function cpuShares(containers: string[], ms = 3_000): Promise<number[]> {
  const before = await Promise.all(containers.map(used))
  await pause(ms)
  const after = await Promise.all(containers.map(used))
  const spent = after.map(({ cpuMs }, n) => cpuMs - (before[n]?.cpuMs ?? 0))
  const all = spent.reduce((sum, one) => sum + one, 0)
  return spent.map((one) => one / all)
}

describe('root of a guest', () => {
  test('finds no disk that can be written and nothing of the host mounted', async () => {
    const { stdout } = await guest(
      'lsblk -ndo NAME,RO; echo --; cut -d" " -f3 /proc/mounts | sort -u; echo --; echo x 2>&1 >/dev/vda || echo refused',
    )
    const [disks, types, written] = stdout.split('--\n')
    expect(disks?.trim()).toMatch(/^vda +1$/)
    expect(types).not.toMatch(/9p|virtiofs|nfs|ext4|fuse/)
    expect(written).toMatch(/refused/)
  })

  test('reaches its own clients and nobody else, whatever route it gives itself', async () => {
    const { stdout } = await guest(`
      was=$(ip route show default)
      ip route replace default via 198.18.0.1
      ping -c1 -W2 198.18.0.1 >/dev/null && echo clients-answer
      for at in 172.17.0.1/22 169.254.169.254/80 10.0.2.2/22 127.0.0.1/4701 1.1.1.1/53 198.18.0.1/2375 198.18.0.1/4701
      do (timeout 3 bash -c "exec 3<>/dev/tcp/$at" 2>/dev/null && echo "reached $at") & done
      wait
      ip route replace $was`)
    expect(stdout.trim()).toBe('clients-answer')
  })

  test('fills no table of neighbours, which is one for all networks of the host', async () => {
    // Many more than may be noted, and too few to harm the host should the wall have fallen: it has room for 1,024.
    const { stdout } = await guest(`
      perl -e '
        open my $file, "<", "/sys/class/net/eth0/ifindex"; my $eth0 = 0 + <$file>;
        socket my $wire, 17, 3, 0 or die "no socket: $!";
        for my $n (1 .. 300) {
          my $mac = pack "C6", 0x52, 0x54, map { int rand 256 } 1 .. 4;
          my @foreign = (10, map { int rand 256 } 1 .. 3);
          my $sender = pack "C4", $n % 2 ? @foreign : (198, 18, 0, $n / 2 + 50);
          my $asked = pack "C4", 198, 18, $n % 3 ? (0, 1) : (16, 9);
          my $request = pack "a6a6n3C2na6a4a6a4",
            "\xff" x 6, $mac, 0x0806, 1, 0x0800, 6, 4, 1, $mac, $sender, "", $asked;
          send $wire, $request, 0, pack "SnlSCCa8", 17, 0x0806, $eth0, 1, 0, 6, "\xff" x 6 and $sent++;
        }
        print "asked $sent\n"'
      ip route add 198.18.0.128/25 via 198.18.0.1
      for n in $(seq 130 250); do echo >/dev/udp/198.18.0.$n/9; done
      ip route del 198.18.0.128/25`)
    expect(stdout).toBe('asked 300\n')
    const { output } = await inside(container, 'sleep 1; grep tap0 /proc/net/arp')
    expect(output.split('\n').length).toBeLessThanOrEqual(3)
    const visit = { atMs: 0, src: '198.18.16.7', method: 'GET', path: '/health' } as const
    const patience = { connectTimeoutMs: 10_000, totalTimeoutMs: 10_000 }
    const { results } = await machine.world.load({
      dst: '198.18.0.2',
      port: 80,
      requests: [{ ...visit, ...patience }],
    })
    expect(results[0]).toMatchObject({ outcome: 'ok' })
  })
})

describe('QEMU', () => {
  test('is nobody: no capability, no new privileges, its own seccomp filter within the engine’s', async () => {
    const pids = await processesOf(container)
    const all = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, 'utf8')))
    const qemu = all.find((status) => /^Name:\tqemu/.test(status)) ?? ''
    expect(qemu).toMatch(/^Uid:\t900\t900\t900\t900$/m)
    expect(qemu).toMatch(/^Gid:\t900\t900\t900\t900$/m)
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
      expect(qemu).toMatch(new RegExp(`^${set}:\t0+$`, 'm'))
    expect(qemu).toMatch(/^NoNewPrivs:\t1$/m)
    expect(qemu).toMatch(/^Seccomp:\t2$/m)
    // The engine's, the keeper's and QEMU's own.
    expect(qemu).toMatch(/^Seccomp_filters:\t[3-9]$/m)
    const world = all.find((status) => /^NSpid:\t\d+\t1$/m.test(status)) ?? ''
    // NET_ADMIN alone, for the queue of the wire.
    expect(world).toMatch(/^CapBnd:\t0+1000$/m)
  })

  test('makes no socket, whose buffers nothing would count', async () => {
    const attack = 'busybox nc -w1 127.0.0.1 9 2>&1; busybox nc -l -p 9 -w1 2>&1'
    // In QEMU's place, started by the keeper as it starts QEMU.
    const impostor = [
      '/usr/bin/busybox',
      'sh',
      '-c',
      `(${attack}) >/tmp/said; busybox mv /tmp/said /tmp/all; sleep 60`,
    ]
    const held = await cell({
      command: ['/usr/lib/ringside/world', '--mode', 'cold', '--linger', '60', ...impostor],
    })
    const { output } = await inside(held, 'until [ -e /tmp/all ]; do sleep 0.1; done; cat /tmp/all')
    expect(output.match(/Permission denied/g)).toHaveLength(2)
    expect((await inside(await cell(), attack)).output).toMatch(/refused/)
  })

  test('lives in a container that has every wall, as the engine tells it', async () => {
    const config = await hostConfigOf(container)
    expect(config).toMatchObject({
      NetworkMode: 'none',
      Privileged: false,
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      PidMode: '',
      UTSMode: '',
      IpcMode: 'none',
      PidsLimit: 64,
      Memory: 512 * 2 ** 20,
      MemorySwap: 512 * 2 ** 20,
      CpuShares: 128,
      CpuPeriod: 100_000,
      CpuQuota: 300_000,
      OomScoreAdj: 500,
      Binds: null,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '256k', 'max-file': '1' } },
    })
    expect(config.CapAdd?.toSorted()).toEqual(['NET_ADMIN', 'SETGID', 'SETPCAP', 'SETUID'])
    expect(config.Devices).toHaveLength(1)
    expect(config.Devices?.[0].PathOnHost).toBe('/dev/net/tun')
    expect(config.Mounts?.map(({ Type, ReadOnly }) => [Type, ReadOnly])).toEqual([['volume', true]])
  })
})

describe('who has broken out of QEMU', () => {
  const attack = (script: string) => inside(container, script)

  test('can become nobody else and has none of the kernel’s switches', async () => {
    const attempts = [
      'mount -t tmpfs x /tmp',
      'mount -o remount,rw /',
      'unshare -U true',
      'unshare -n true',
      'unshare -m true',
      'chroot / /usr/bin/busybox true',
      'mknod /tmp/disk b 254 0',
      'ip link set tap0 down',
      'ip route add default via 198.18.0.2',
      'ip tuntap add dev evil mode tap',
      'hostname evil',
      'dmesg',
      'nice -n -5 true',
      'kill -9 1',
      'cat /proc/1/environ',
      'ls /proc/1/fd/',
      'cat /template/../proc/kcore',
      'echo c >/proc/sysrq-trigger',
      'echo x >/proc/sys/kernel/core_pattern',
      'echo 0 >/proc/sys/net/ipv4/ip_forward',
      'echo 1 >/sys/fs/cgroup/memory/memory.limit_in_bytes || echo 1 >/sys/fs/cgroup/memory.max',
      'echo -900 >/proc/self/oom_score_adj',
    ]
    const script = attempts.map((line, n) => `(${line}) >/dev/null 2>&1 && echo "succeeded: ${n}"`).join('\n')
    const { output } = await attack(`${script}\necho tried`)
    const succeeded = [...output.matchAll(/succeeded: (\d+)/g)].map(([, n]) => attempts[Number(n)])
    expect(succeeded).toEqual([])
    expect(output).toBe('tried')
  })

  test('finds masked what the kernel tells of the host, and no socket that it may open', async () => {
    const { output } = await attack(`
      for file in /proc/kcore /proc/keys /proc/timer_list; do [ -s $file ] && head -c1 $file; done
      ls -A /sys/firmware /proc/acpi 2>/dev/null | grep -v : | grep .
      find / -type s -not -path '/proc/*' 2>/dev/null
      echo ping | nc local:/run/ringside.sock 2>&1
      echo over`)
    const lines = output.split('\n')
    expect(lines).toContain('/run/ringside.sock')
    expect(lines.filter((line) => line.startsWith('/'))).toEqual(['/run/ringside.sock'])
    expect(lines.at(-1)).toBe('over')
    expect((await attack('test -r /run/ringside.sock || test -w /run/ringside.sock')).exitCode).toBe(1)
  })

  test('has no network but the wire to its own clients', async () => {
    const { output } = await attack(`
      ls /sys/class/net | sort | tr '\\n' ' '; echo
      ip route show default
      for at in 1.1.1.1 172.17.0.1 169.254.169.254; do nc -w 2 $at 80 </dev/null 2>&1 && echo reached; done`)
    const [names, ...rest] = output.split('\n')
    expect(names?.trim()).toBe('lo tap0 wan0 wan1')
    expect((await attack('cat /proc/net/if_inet6 2>/dev/null')).output).toBe('')
    expect(rest.join('\n')).not.toMatch(/reached/)
    expect(rest.filter((line) => /unreachable/.test(line))).toHaveLength(3)
  })

  test('can write to one place, which is small and in memory', async () => {
    const everywhere = await attack(`
      find / -type d -not -path '/proc/*' 2>/dev/null | while read -r folder; do
        (: >"$folder/.wall") 2>/dev/null && rm "$folder/.wall" && echo "$folder"
      done`)
    expect(everywhere.output).toBe('/tmp')
    const files = await attack(
      `find / -type f -not -path '/proc/*' -not -path '/sys/*' 2>/dev/null | while read -r file; do (: >>"$file") 2>/dev/null && echo "$file"; done`,
    )
    expect(files.output).toBe('')
    const full = await attack(
      'dd if=/dev/zero of=/tmp/full bs=64k count=64; stat -c %s /tmp/full; rm /tmp/full',
    )
    expect(full.output).toMatch(/No space left/)
    expect(full.output).toMatch(/^1048576$/m)
    // A disk that is full is the machine's own trouble, and that one goes on.
    expect((await guest('echo alive')).stdout).toBe('alive\n')
  })

  test('leaves no core for a program of the host’s', async () => {
    expect((await attack('ulimit -c; ulimit -Hc; ulimit -q')).output.split('\n')).toEqual(['0', '0', '0'])
  })
})

describe('a container that is attacked from inside', () => {
  test('holds a fork bomb, and its neighbour starts programs as before', async () => {
    const [bombed, neighbour] = [await cell(), await cell()]
    await letLoose(bombed, 'f() { f | f & }; while :; do f; done')
    await expect.poll(async () => (await used(bombed)).pids, { timeout: 10_000 }).toBeGreaterThan(50)
    for (let tries = 0; tries < 3; tries++) {
      expect((await used(bombed)).pids).toBeLessThanOrEqual(64)
      expect(await inside(neighbour, 'echo alive')).toEqual({ output: 'alive', exitCode: 0 })
    }
  })

  test('loses a memory hog, alone', async () => {
    const [hogged, neighbour] = [await cell(), await cell()]
    const hog = await inside(hogged, 'dd if=/dev/zero of=/dev/null bs=200M count=1; echo "ended $?"')
    expect(hog.output).toMatch(/ended 137/)
    for (const one of [hogged, neighbour]) expect((await inside(one, 'echo alive')).output).toBe('alive')
  })

  test('says that it was memory that QEMU died for want of', async () => {
    const world = '/usr/lib/ringside/world'
    const hog = ['/usr/bin/busybox', 'dd', 'if=/dev/zero', 'of=/dev/null', 'bs=200M', 'count=1']
    const hogged = await cell({ command: [world, '--mode', 'cold', '--linger', '60', ...hog] })
    const link = connectLink(await sandboxes.driver.connect(hogged, [world, 'connect']))
    await expect
      .poll(async () => (await link.hello()).reason)
      .toMatch('QEMU was killed by signal 9, for want of memory')
    link.close()
  })

  test('that spins leaves its neighbour its share', async () => {
    const [greedy, modest] = [await cell({ cpus: 3 }), await cell({ cpus: 3 })]
    await letLoose(greedy, spinning(24))
    await letLoose(modest, spinning(os.cpus().length))
    const [, ofModest] = await cpuShares([greedy, modest])
    // Half, were the host at rest. By the number of loops it would be a tenth.
    expect(ofModest).toBeGreaterThan(0.3)
  })

  test('gets no more of the processors than it was given', async () => {
    // So few that a busy host would give more.
    const greedy = await cell({ cpus: 0.05 })
    await letLoose(greedy, spinning(8))
    await pause(300)
    const [before, began] = [await used(greedy), performance.now()]
    await pause(2_000)
    const spent = (await used(greedy)).cpuMs - before.cpuMs
    expect(spent / (performance.now() - began)).toBeLessThan(0.1)
  })
})

test('QEMU’s user is the one that these tests are', async () => {
  expect((await inside(container, 'id -u')).output).toBe(String(qemuUid))
})
