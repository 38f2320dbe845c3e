import { describe, expect, test } from 'vitest'
import { atBoot, kbitOf } from './boot.ts'

describe('what the next boot makes of it', () => {
  const read = (...boot: string[]) =>
    atBoot({ boot: boot.join('\n'), enabled: 'line.service', executable: '/etc/network/if-up.d/line' })
  const file = '/etc/network/interfaces:    post-up '
  const tbf = 'tc qdisc replace dev eth0 root handle 1: tbf rate 4mbit burst 16kb latency 50ms'

  test('is the last word of all files', () => {
    expect(read(`${file}${tbf}`)).toEqual({ rateKbit: 4000, leaves: ['fifo'] })
    const child = `${file}tc qdisc add dev eth0 parent 1:1 handle 10: pfifo limit 3000`
    expect(read(`${file}${tbf}`, child)).toEqual({ rateKbit: 4000, leaves: ['pfifo'] })
    const instead = `${file}tc qdisc replace dev eth0 parent 1:1 fq_codel`
    expect(read(`${file}${tbf}`, child, instead)).toEqual({ rateKbit: 4000, leaves: ['fq_codel'] })
    const cake = '/etc/network/if-up.d/line:/sbin/tc qdisc replace dev eth0 root cake bandwidth 3900kbit'
    expect(read(`${file}${tbf}`, child, cake)).toEqual({ rateKbit: 3900, leaves: ['cake'] })
    expect(read(`${file}${tbf}`, `${file}tc qdisc del dev eth0 root`)).toEqual({ rateKbit: null, leaves: [] })
    expect(read()).toEqual({ rateKbit: null, leaves: [] })
  })

  test('reads classes, of which the leaves are where packets wait', () => {
    const htb = [
      `${file}tc qdisc add dev eth0 root handle 1: htb default 10`,
      `${file}tc class add dev eth0 parent 1: classid 1:1 htb rate 4mbit`,
      `${file}tc class add dev eth0 parent 1:1 classid 1:10 htb rate 1mbit ceil 4mbit`,
    ]
    expect(read(...htb)).toEqual({ rateKbit: 4000, leaves: ['fifo'] })
    expect(read(...htb, `${file}tc qdisc add dev eth0 parent 1:10 fq_codel`).leaves).toEqual(['fq_codel'])
  })

  test('reads scripts with their names, where something calls them', () => {
    const script = [
      '/usr/local/sbin/line:DEV=eth0',
      '/usr/local/sbin/line:RATE="3500kbit"',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
      '/usr/local/sbin/line:tc qdisc replace dev $DEV root cake bandwidth ${RATE} || exit 1',
    ]
    expect(read(...script).rateKbit).toBeNull()
    for (const caller of [
      `${file}sh /usr/local/sbin/line`,
      '/etc/systemd/system/line.service:ExecStart=/usr/local/sbin/line',
      '/etc/systemd/system/networking.service.d/line.conf:ExecStartPost=-/bin/sh /usr/local/sbin/line',
    ]) {
      expect(read(caller, ...script)).toEqual({ rateKbit: 3500, leaves: ['cake'] })
    }
    expect(read(`${file}sh /usr/local/sbin/line-2`, ...script).rateKbit).toBeNull()
  })

  test('reads units whose command is tc itself', () => {
    const unit = '/etc/systemd/system/line.service:ExecStart=/usr/sbin/tc qdisc replace dev eth0 root cake'
    expect(read(`${unit} bandwidth 4Mbit`)).toEqual({ rateKbit: 4000, leaves: ['cake'] })
    expect(read(unit)).toEqual({ rateKbit: null, leaves: ['cake'] })
  })

  test('reads rates as tc does', () => {
    expect(['4mbit', '4000Kbit', '500kbps', '4000000', '4000000bit'].map(kbitOf)).toEqual([
      4000, 4000, 4000, 4000, 4000,
    ])
    expect(kbitOf('4Mibit')).toBeCloseTo(4194.3, 1)
    expect(kbitOf('fast')).toBeNull()
  })

  test('is nothing that stands where the way down is written', () => {
    expect(
      read(
        `${file}${tbf}`,
        `${file}tc qdisc replace dev eth0 parent 1:1 fq_codel`,
        '/etc/network/interfaces:    pre-down tc qdisc del dev eth0 root',
        '/etc/systemd/system/line.service:ExecStop=/sbin/tc qdisc replace dev eth0 root pfifo',
      ),
    ).toEqual({ rateKbit: 4000, leaves: ['fq_codel'] })
  })

  describe('of scripts', () => {
    const script = [
      `/usr/local/sbin/uplink:${tbf}`,
      '/usr/local/sbin/uplink:tc qdisc replace dev eth0 parent 1:1 handle 10: pfifo limit 3000',
    ]
    const fair = 'tc qdisc replace dev eth0 parent 1:1 fq_codel'
    const isFair = { rateKbit: 4000, leaves: ['fq_codel'] }

    test('comes where they are called, so that who speaks after them has the last word', () => {
      const call = `${file}sh /usr/local/sbin/uplink`
      expect(read(call, `${file}${fair}`, ...script)).toEqual(isFair)
      expect(read(`${call} && ${fair}`, ...script)).toEqual(isFair)
      expect(read(`${file}${fair}`, call, ...script).leaves).toEqual(['pfifo'])
      const dropIn = '/etc/systemd/system/networking.service.d/uplink.conf:ExecStartPost=/bin/sh '
      const unit = `/etc/systemd/system/line.service:ExecStart=/usr/sbin/${fair}`
      expect(read(`${dropIn}/usr/local/sbin/uplink`, unit, ...script)).toEqual(isFair)
    })

    test('comes with what they are given, and with what they call and read', () => {
      const own = '/usr/local/sbin/line'
      expect(
        read(
          `${file}/usr/local/sbin/outer $IFACE 3mbit`,
          '/usr/local/sbin/outer:. /usr/local/sbin/names',
          `/usr/local/sbin/outer:[ -x ${own} ] && ${own} $1 $2 || exit 1`,
          '/usr/local/sbin/names:LEAF=fq_codel',
          `${own}:DEV="\${1:-eth1}"; TC='/sbin/tc -force'`,
          `${own}:$TC qdisc replace dev $DEV root handle 1: tbf rate $2 burst 16kb`,
          `${own}:$TC qdisc replace dev $DEV parent 1:1 $LEAF`,
        ),
      ).toEqual({ rateKbit: 3000, leaves: ['fq_codel'] })
    })

    test('has no names that grow without end', () => {
      const lines = ['/usr/local/sbin/line:A=4mbit', `/usr/local/sbin/line:A=${'4mbit'.repeat(201)}`]
      const cake = '/usr/local/sbin/line:tc qdisc replace dev eth0 root cake bandwidth $A'
      expect(read(`${file}/usr/local/sbin/line`, ...lines, cake).rateKbit).toBe(4000)
    })

    test('ends also where they call each other without end', () => {
      const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => `/usr/local/bin/${name}`)
      const began = performance.now()
      read(`${file}${many.join(';')}`, ...many.map((one) => `${one}:${many.join(';')}`))
      expect(performance.now() - began).toBeLessThan(5_000)
    })
  })

  test('knows the card by the name that ifupdown gives it, and nowhere else', () => {
    const cake = 'tc qdisc replace dev $IFACE root cake bandwidth 4mbit'
    expect(read(`${file}${cake}`).rateKbit).toBe(4000)
    expect(read(`/etc/network/if-up.d/line:${cake.replace('$IFACE', '"$IFACE"')}`).rateKbit).toBe(4000)
    expect(read(`/etc/systemd/system/line.service:ExecStart=/sbin/${cake}`).rateKbit).toBeNull()
  })

  test('reads what a shell is given in quotes, and several commands of a line', () => {
    const fair = 'tc qdisc replace dev eth0 parent 1:1 fq_codel'
    const isFair = { rateKbit: 4000, leaves: ['fq_codel'] }
    expect(read(`${file}sh -c '${tbf} ; ${fair}'`)).toEqual(isFair)
    expect(read(`${file}${tbf} ; ${fair}`)).toEqual(isFair)
    expect(read(`/etc/systemd/system/line.service:ExecStart=/bin/sh -c "${tbf}; ${fair}"`)).toEqual(isFair)
    expect(read(`${file}(${tbf}; ${fair})`)).toEqual(isFair)
  })

  test('keeps what stands below a queue that is only changed', () => {
    const fair = `${file}tc qdisc replace dev eth0 parent 1:1 fq_codel`
    expect(read(`${file}${tbf}`, fair, `${file}${tbf.replace('4mbit', '3mbit')}`)).toEqual({
      rateKbit: 3000,
      leaves: ['fq_codel'],
    })
    expect(read(`${file}${tbf}`, fair, `${file}${tbf.replace('1:', '2:')}`).leaves).toEqual(['fifo'])
  })

  test('knows that nothing is added where something stands', () => {
    const child = `${file}tc qdisc replace dev eth0 parent 1:1 handle 10: pfifo limit 3000`
    const fair = `${file}tc qdisc add dev eth0 parent 1:1 fq_codel`
    expect(read(`${file}${tbf}`, child, fair).leaves).toEqual(['pfifo'])
    expect(read(`${file}${tbf}`, fair).leaves).toEqual(['fq_codel'])
    const cake = `${file}tc qdisc add dev eth0 root cake bandwidth 3mbit`
    expect(read(`${file}${tbf}`, cake)).toEqual({ rateKbit: 4000, leaves: ['fifo'] })
    const htb = (action: string, rate: string) =>
      `${file}tc class ${action} dev eth0 parent 2: classid 2:1 htb rate ${rate}`
    const root = `${file}tc qdisc add dev eth0 root handle 2: htb default 1`
    expect(read(root, htb('add', '4mbit'), htb('add', '3mbit')).rateKbit).toBe(4000)
    expect(read(root, htb('add', '4mbit'), htb('change', '3mbit')).rateKbit).toBe(3000)
    const away = `${file}tc qdisc del dev eth0 root 2>/dev/null`
    expect(read(`${file}${tbf}`, away, cake)).toEqual({ rateKbit: 3000, leaves: ['cake'] })
  })

  test('reads what HFSC holds back', () => {
    const hfsc = (...curves: string[]) =>
      read(
        `${file}tc qdisc add dev eth0 root handle 1: hfsc default 10`,
        ...curves.map((curve, i) => `${file}tc class add dev eth0 parent 1: classid 1:1${i} hfsc ${curve}`),
      )
    expect(hfsc('sc rate 2mbit ul rate 4mbit')).toEqual({ rateKbit: 4000, leaves: ['fifo'] })
    expect(hfsc('ls m2 1mbit ul m1 9mbit d 10ms m2 3mbit', 'ls m2 1mbit ul m2 4mbit').rateKbit).toBe(4000)
    expect(hfsc('rt m2 4mbit').rateKbit).toBe(4000)
    // Without an upper limit they share out as much as there is.
    expect(hfsc('sc rate 4mbit').rateKbit).toBeNull()
    expect(hfsc('rt m2 1mbit ls m2 4mbit').rateKbit).toBeNull()
  })
})
