import { describe, expect, test } from 'vitest'
import { nextBootOf } from './boot.ts'

const file = '/etc/network/interfaces'
const bootOf = (...texts: string[]) => nextBootOf(texts.map((text) => ({ file, text })))
const one = { isSpread: false }
const both = { isSpread: true }

describe('the next boot', () => {
  const pinned = 'post-up for irq in /proc/irq/*/eth0*/../smp_affinity; do echo 1 >$irq; done'

  test('spreads queues and interrupts where nobody says anything', () => {
    expect(bootOf()).toEqual({ isSpread: true, oneQueue: false, ring: 256 })
    expect(bootOf('CPUAffinity=1', 'ethtool -K eth0 gro off')).toMatchObject(both)
  })

  test('leaves one processor all of it where every interrupt is sent to it', () => {
    expect(bootOf(pinned)).toMatchObject(one)
    expect(
      bootOf(
        "ExecStartPost=/bin/sh -c 'for irq in /proc/irq/*/eth0*/../smp_affinity; do echo 2 >$$irq; done'",
      ),
    ).toMatchObject(one)
    expect(bootOf('echo 1 >/proc/irq/27/smp_affinity', 'echo 1 >/proc/irq/28/smp_affinity')).toMatchObject(
      one,
    )
    expect(bootOf('for f in /proc/irq/*/smp_affinity_list; do echo 0 > $f; done')).toMatchObject(one)
  })

  test('spreads them where they are sent to several', () => {
    expect(bootOf('echo 1 >/proc/irq/27/smp_affinity; echo 2 >/proc/irq/28/smp_affinity')).toMatchObject(both)
    expect(
      bootOf('echo 0 > /proc/irq/27/smp_affinity_list', 'echo 1 | tee /proc/irq/28/smp_affinity_list'),
    ).toMatchObject(both)
    expect(
      bootOf(pinned, 'echo 1 >/proc/irq/27/smp_affinity', 'echo 2 >/proc/irq/28/smp_affinity'),
    ).toMatchObject(both)
    expect(
      bootOf('w /proc/irq/28/smp_affinity - - - - 2', 'w /proc/irq/27/smp_affinity - - - - 1'),
    ).toMatchObject(both)
  })

  test('does not move what a mask of several allows to stay', () => {
    expect(bootOf('for irq in /proc/irq/*/eth0*/../smp_affinity; do echo 3 >$irq; done')).toMatchObject(both)
    expect(bootOf(pinned, pinned.replace('echo 1', 'echo 3'))).toMatchObject(one)
  })

  test('is believed where a script computes what it writes', () => {
    expect(
      bootOf(pinned, 'for f in /proc/irq/*/eth0*/../smp_affinity; do echo $mask >$f; done'),
    ).toMatchObject(both)
  })

  test('uses one queue by a table with one weight, or by its number of queues', () => {
    expect(bootOf('/usr/sbin/ethtool -X eth0 weight 0 1')).toEqual({
      isSpread: false,
      oneQueue: true,
      ring: 256,
    })
    expect(bootOf('ethtool -X eth0 equal 1')).toMatchObject(one)
    expect(bootOf('ethtool -L eth0 combined 1')).toMatchObject(one)
    expect(bootOf('ethtool -X eth0 weight 1 0', 'ethtool -X eth0 default')).toMatchObject(both)
    expect(bootOf('ethtool -X eth0 weight 1 1')).toMatchObject(both)
    expect(bootOf('ethtool -X eth0 equal 2')).toMatchObject(both)
    expect(bootOf(pinned, 'ethtool -L eth0 combined 1; ethtool -L eth0 combined 2')).toMatchObject(both)
  })

  test('hands packets on where steering says so, which does not lengthen a ring', () => {
    const steered = (mask: string) =>
      `for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo ${mask} >"$cpus"; done`
    expect(bootOf(pinned, steered('3'))).toMatchObject(both)
    expect(bootOf(pinned, steered('2'))).toMatchObject(one)
    expect(bootOf(pinned, steered('3'), steered('0'))).toMatchObject(one)
    expect(bootOf('ethtool -X eth0 weight 1 0', steered('3'))).toEqual({
      isSpread: true,
      oneQueue: true,
      ring: 256,
    })
    expect(bootOf('ethtool -X eth0 weight 1 0', steered('3'), 'ethtool -G eth0 rx 1024')).toMatchObject({
      oneQueue: true,
      ring: 1024,
    })
    expect(bootOf('hardware-dma-ring-rx 512')).toMatchObject({ ring: 512 })
  })
})
