/**
 * The grader on a real machine whose root lies to it: the clients outside decide, nobody is accused, and a machine that cannot be asked is
 * judged neither way; whoever tells the truth is believed, however quick. Lies that fit into a script are wrong fixes of the labs; here are those
 * that reach deeper.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlannedRequest } from '../grader/guest.ts'
import type { Verdict } from '../grader/verdict.ts'
import { openCatalog } from '../labs/catalog.ts'
import { quoted } from '../labs/scripts.ts'
import { accusing } from '../labs/shop/verdicts.fixture.ts'
import type { RunningMachine } from '../sandbox/machine.ts'
import { settle } from '../sandbox/service/settle.ts'
import { openSandboxes } from '../sandbox/setup.ts'

/** somaxconn is too small on this one, and the listener has taken it. */
const seed = 0
const lab = (await openCatalog()).get('accept-queue')
let home: string
let machine: RunningMachine
/** As soon as the machine is there, before anything else is asked of it. */
let firstReading: number

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'ringside-cheats-'))
  const sandboxes = await openSandboxes({ home, accel: 'tcg' })
  machine = await sandboxes.start({ lab, seed, owner: 'cli:test', lingerSeconds: 60 })
  firstReading = Number(
    /^TcpExtListenOverflows\s+(\d+)/m.exec(await asRoot('nstat -az TcpExtListenOverflows'))?.[1],
  )
  await settle(machine, { asleep: () => false, log: console.log })
}, 1_200_000)

afterAll(async () => {
  await machine?.dispose()
  await rm(home, { recursive: true, force: true })
})

const status = (verdict: Verdict, id: string) => verdict.criteria.find((one) => one.id === id)?.status

async function asRoot(script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.guest.run(`set -e\n${script}`, { timeoutMs: 60_000 })
  expect(exitCode, stderr).toBe(0)
  return stdout
}

test('whoever is quick is believed: a counter read in the first second stood there', async () => {
  const [stage, counter, limit] = ['accept-queue' as const, 'TcpExtListenOverflows', 16]
  const judged = async (value: number) =>
    status((await machine.check({ stage, counter, value, limit, why: '' })).verdict, 'value')
  expect(firstReading).toBeGreaterThan(1)
  expect(await judged(firstReading)).toBe('pass')
  expect(await judged(firstReading - 1)).toBe('fail')
})

/** As the service does it: a host that was too busy to judge is asked once more. */
async function check(): Promise<Verdict> {
  const { verdict } = await machine.check('auto')
  return verdict.status === 'error' ? (await machine.check('auto')).verdict : verdict
}

function expectCaughtKindly(verdict: Verdict): void {
  expect(verdict.status).toBe('fail')
  expect(status(verdict, 'served')).toBe('fail')
  expect(verdict.score).toBeLessThan(70)
  const said = verdict.criteria.map(({ feedback }) => feedback).join(' ')
  expect(said).not.toMatch(accusing)
}

/** What the host says that others left this machine, in processors, while the world asked it little for two seconds. */
async function leftByOthers(): Promise<number> {
  const visit = (atMs: number): PlannedRequest => ({
    atMs,
    src: '198.18.16.1',
    method: 'GET',
    path: '/health',
    connectTimeoutMs: 3_000,
    totalTimeoutMs: 3_000,
  })
  const { host } = await machine.world.load({
    dst: '198.18.0.2',
    port: 80,
    requests: [visit(0), visit(2_000)],
  })
  return host?.left ?? Number.NaN
}

test('a host that others use is told from a guest that makes itself busy', async () => {
  const processors = os.cpus().length
  const quiet = await leftByOthers()
  await asRoot('for i in 1 2; do timeout 5 sh -c "while :; do :; done" >/dev/null 2>&1 & done')
  expect(await leftByOthers()).toBeGreaterThan(quiet - processors * 0.25)
  const others = os.cpus().map(() => spawn('timeout', ['10', 'sh', '-c', 'while :; do :; done']))
  try {
    expect(await leftByOthers()).toBeLessThan(quiet - processors * 0.25)
  } finally {
    for (const one of others) one.kill()
  }
})

test('a shell that says what its master wants to hear convinces nobody outside', async () => {
  await asRoot(`
    cp /usr/bin/bash /usr/bin/bash.real
    cat >/usr/bin/bash.new <<'LIE'
#!/usr/bin/bash.real
/usr/bin/bash.real "$@" | sed -E 's/^(LISTEN +[0-9]+ +)[0-9]+/\\14096/; /^@@ somaxconn/{n;s/.*/4096/}'
LIE
    chmod 755 /usr/bin/bash.new
    mv /usr/bin/bash.new /usr/bin/bash`)
  // The next shell was waiting already; the one after it is the new one.
  await asRoot('true')
  expect(await asRoot('echo "@@ somaxconn"; cat /proc/sys/net/core/somaxconn')).toContain('4096')
  const verdict = await check()
  await asRoot('mv /usr/bin/bash.real /usr/bin/bash')
  expect(status(verdict, 'queue')).toBe('pass')
  expectCaughtKindly(verdict)
})

/** What somebody would like to hear of a server whose queue is too short, each on one line. */
const lies = {
  ss: 'LISTEN 0 4096 0.0.0.0:80 0.0.0.0:* users:(("puma",pid=1,fd=5))',
  nstat: 'TcpExtListenOverflows 0 0.0',
  sysctl: 'net.core.somaxconn = 4096',
  ethtool: 'rx_dropped: 0',
}
type Tool = keyof typeof lies

const forge = (tool: Tool, file: string) => `
  tool=${tool} file=${file}
  if [ -e "$file" ]; then mv "$file" "$file.real"; fi
  printf '#!/bin/sh\\necho %s\\n' ${quoted(quoted(lies[tool]))} >"$file"
  chmod 755 "$file"`
const restore = (tool: Tool, file: string) => `
  tool=${tool} file=${file}
  if [ -e "$file.real" ]; then mv "$file.real" "$file"; else rm "$file"; fi`

test.each<{ where: string; tools: Tool[]; file: string }>([
  { where: 'in the place of the real ones', tools: ['nstat', 'sysctl'], file: '$(command -v "$tool")' },
  {
    where: 'before the real ones in the PATH',
    tools: ['ss', 'nstat', 'sysctl', 'ethtool'],
    file: '/usr/local/bin/$tool',
  },
])('forged tools $where convince nobody outside', async ({ tools, file }) => {
  await asRoot(tools.map((tool) => forge(tool, file)).join('\n'))
  expect(await asRoot(tools.join('\n'))).toBe(tools.map((tool) => `${lies[tool]}\n`).join(''))
  const verdict = await check()
  await asRoot(tools.map((tool) => restore(tool, file)).join('\n'))
  expect(status(verdict, 'queue')).toBe('fail')
  expectCaughtKindly(verdict)
})

test('a library loaded into every program that forges a file of the kernel convinces nobody outside', async () => {
  const library = await forgingLibrary()
  await asRoot(`
    echo ${library} | base64 -d >/usr/local/lib/forged.so
    echo 4096 >/usr/local/lib/forged-somaxconn
    echo /usr/local/lib/forged.so >/etc/ld.so.preload`)
  await asRoot('true')
  expect(await asRoot('cat /proc/sys/net/core/somaxconn')).toBe('4096\n')
  const verdict = await check()
  await asRoot('rm /etc/ld.so.preload')
  expectCaughtKindly(verdict)
})

test('a fix that passed and was undone passes no more', async () => {
  const { exitCode, stderr } = await machine.runScript(lab.solves[0]?.script ?? '')
  expect(exitCode, stderr).toBe(0)
  expect(await check()).toMatchObject({ status: 'pass', score: 100 })
  await machine.runScript(lab.breakScript)
  const verdict = await check()
  expect(status(verdict, 'queue')).toBe('fail')
  expectCaughtKindly(verdict)
})

test('a machine whose agent is dead is judged neither way', async () => {
  // It ends the very shell that says so, hence no answer.
  await machine.guest.run('systemctl stop ringside-agent', { timeoutMs: 10_000 }).catch(() => {})
  const { verdict } = await machine.check('auto')
  expect(verdict.status).toBe('error')
  expect(verdict.criteria.map(({ points }) => points)).toEqual(verdict.criteria.map(() => 0))
})

/** Opens another file where a program wants to read somaxconn. Base64, on one line. */
async function forgingLibrary(): Promise<string> {
  const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
static const char *other(const char *p) {
  return p && strstr(p, "net/core/somaxconn") ? "/usr/local/lib/forged-somaxconn" : p;
}
#define FORGE(name) \\
  int name(const char *p, int flags, ...) { \\
    va_list more; va_start(more, flags); int mode = va_arg(more, int); va_end(more); \\
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); return real(other(p), flags, mode); }
FORGE(open)
FORGE(open64)
#define FORGE_AT(name) \\
  int name(int at, const char *p, int flags, ...) { \\
    va_list more; va_start(more, flags); int mode = va_arg(more, int); va_end(more); \\
    int (*real)(int, const char *, int, ...) = dlsym(RTLD_NEXT, #name); return real(at, other(p), flags, mode); }
FORGE_AT(openat)
FORGE_AT(openat64)
`
  const object = path.join(home, 'forged.so')
  const compiled = promisify(execFile)('cc', ['-shared', '-fPIC', '-s', '-x', 'c', '-', '-o', object])
  compiled.child.stdin?.end(source)
  await compiled
  return (await readFile(object)).toString('base64')
}
