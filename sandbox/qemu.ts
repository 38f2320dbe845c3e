/**
 * The microVM as QEMU's command line, and what a saved template of it depends on. Pure: knows no Docker, starts nothing, opens nothing. PID 1
 * of the container (image/world) opens the descriptors named here and runs the line as an unprivileged user.
 */
import { createHash } from 'node:crypto'
import type { Machine } from '../labs/schema.ts'

/** The hardware part of a lab's machine. */
export type MachineProfile = Pick<Machine, 'nic' | 'vcpus' | 'memoryMb'>
export type Accelerator = 'kvm' | 'tcg'

/** What `world` hands to QEMU, by number; image/world knows the same four. */
const inheritedFds = { tap: 3, agent: 4, qmp: 5, kvm: 6 } as const

/** In the container: the guest's files come with the image, the template is a volume of its own. */
const guestFiles = {
  kernel: '/guest/vmlinuz',
  initrd: '/guest/initrd',
  root: '/guest/root.sqfs',
} as const
export const templateFiles = { ram: '/template/ram', state: '/template/state' } as const

const guestMac = '52:54:00:12:00:02'

/**
 * `boot` starts the kernel with its memory in a file of the writable template volume, ready for `vm-save`. `restore` maps the same file
 * copy-on-write and waits, for `migrate-incoming` and then for `cont`. The devices must be equal, or QEMU refuses the saved state; the kernel is in the saved memory
 * already, and naming it again would keep 12 MB of it in every sandbox.
 */
export function qemuArgv(
  machine: MachineProfile,
  accelerator: Accelerator,
  mode: 'boot' | 'restore',
): string[] {
  return [
    '/usr/bin/qemu-system-x86_64',
    ...hardware(machine),
    ...processor(accelerator, mode),
    ...memory(machine, mode),
    ...(mode === 'boot' ? kernel() : []),
    ...devices(machine),
    ...confinement(),
    ...(mode === 'restore' ? ['-incoming', 'defer', '-S'] : []),
  ]
}

/** Names the template that fits exactly: any difference here means another saved machine. */
export function templateKey(parts: {
  imageId: string
  machine: Machine
  accelerator: Accelerator
  /** Model, flags and microcode as the host tells them: a machine saved under KVM runs only on the same kind. */
  hostCpu: string
}): string {
  const { imageId, machine, accelerator, hostCpu } = parts
  const depends = {
    imageId,
    argv: qemuArgv(machine, accelerator, 'boot'),
    prepare: machine.prepare,
    hostCpu: accelerator === 'kvm' ? hostCpu : '',
  }
  return createHash('sha256').update(JSON.stringify(depends)).digest('hex').slice(0, 16)
}

function hardware({ vcpus, memoryMb }: MachineProfile): string[] {
  return [
    '-nodefaults',
    '-no-user-config',
    '-no-reboot',
    ...['-display', 'none'],
    // Without its HPET an idle guest costs 1 % of a core instead of 3.3 %. No disk controller, USB or keyboard: nothing to poll.
    ...[
      '-M',
      'q35,hpet=off,sata=off,smbus=off,usb=off,vmport=off,i8042=off,suppress-vmdesc=on,memory-backend=m0',
    ],
    // Devices alone, as a moment has them (image/world/rewind.c), are saved without this section; whoever loads them must not look for it.
    ...['-global', 'migration.send-configuration=off'],
    ...['-smp', String(vcpus)],
    ...['-m', String(memoryMb)],
  ]
}

/** The translation cache is private memory of each sandbox (the default is 1 GiB). The cold boot happens once and may use more. */
function processor(accelerator: Accelerator, mode: 'boot' | 'restore'): string[] {
  if (accelerator === 'kvm')
    return ['-add-fd', `fd=${inheritedFds.kvm},set=1`, '-accel', 'kvm,device=/dev/fdset/1', '-cpu', 'host']
  return ['-accel', `tcg,thread=multi,tb-size=${mode === 'boot' ? 256 : 24}`, '-cpu', 'max']
}

function memory({ memoryMb }: MachineProfile, mode: 'boot' | 'restore'): string[] {
  const sharing = mode === 'boot' ? 'share=on' : 'share=off,readonly=on,rom=off'
  return ['-object', `memory-backend-file,id=m0,size=${memoryMb}M,mem-path=${templateFiles.ram},${sharing}`]
}

function kernel(): string[] {
  const words = [
    'console=ttyS0',
    'quiet',
    'loglevel=3',
    // A panic ends the machine at once, after pvpanic has told of it.
    'panic=-1',
    'mitigations=off',
    // On a busy host the emulated timer ticks too late for the kernel's own test of it, which then panics (seen in 1 of 20 boots).
    'no_timer_check',
    'net.ifnames=0',
    'audit=0',
    // Memory is shared with the template page by page: a huge page would copy 2 MB for one byte.
    'transparent_hugepage=never',
    // Watchdogs wake an idle processor for nothing, and misfire where the host is busy.
    'nowatchdog',
    // Nor is the time stamp counter watched twice a second: a busy host would have it declared unstable, and the timer port is slow.
    'tsc=reliable',
    'init_on_alloc=0',
  ]
  return ['-kernel', guestFiles.kernel, '-initrd', guestFiles.initrd, '-append', words.join(' ')]
}

function devices({ nic }: MachineProfile): string[] {
  return [
    ...['-drive', `file=${guestFiles.root},format=raw,if=none,id=d0,readonly=on`],
    ...['-device', 'virtio-blk-pci,drive=d0'],
    ...['-netdev', `tap,id=n0,fd=${inheritedFds.tap}`],
    ...['-device', `${nic},netdev=n0,mac=${guestMac},romfile=`],
    ...['-device', 'virtio-serial-pci'],
    ...['-chardev', `socket,id=agent,fd=${inheritedFds.agent}`],
    ...['-device', 'virtserialport,chardev=agent,name=agent'],
    ...['-chardev', `socket,id=qmp,fd=${inheritedFds.qmp}`],
    ...['-mon', 'chardev=qmp,mode=control'],
    // A restored clone shares its parent's random state: a new generation id makes the kernel reseed, and this device gives it the seed.
    ...['-object', 'rng-builtin,id=r0', '-device', 'virtio-rng-pci,rng=r0'],
    ...['-device', 'vmgenid,guid=auto'],
    ...['-device', 'pvpanic'],
    // The console's last words, bounded: QMP's ringbuf-read has them when a boot goes wrong.
    ...['-chardev', 'ringbuf,id=console,size=16384', '-serial', 'chardev:console'],
  ]
}

function confinement(): string[] {
  return ['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny']
}
