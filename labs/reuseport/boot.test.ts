import { describe, expect, test } from 'vitest'
import { serversAtBoot } from './boot.ts'

const unit = (name: string, lines: string[]) =>
  lines.map((line) => `/etc/systemd/system/${name}: ${line}\n`).join('')
const first = unit('puma.service', ['ExecStart=/srv/shop/bin/puma -C /etc/puma/puma.rb'])
const second = unit('puma-b.service', [
  'ExecStart=/srv/shop/bin/puma -C /etc/puma/puma-b.rb',
  'KillMode=process',
])
const config = "/etc/puma/puma.rb: bind 'tcp://0.0.0.0:80?backlog=64'\n"
const included =
  "/etc/puma/puma-b.rb: instance_eval(File.read('/etc/puma/puma.rb'), '/etc/puma/puma.rb')\n/etc/puma/puma-b.rb: thumbnails = fork do\n"
const both = first + second + config + included
const dropIn = (...lines: string[]) => unit('puma-b.service.d/more.conf', lines)
const wanted = 'puma.service\npuma-b.service\nnetworking.service'
const troubles = (files: string, units = wanted) => serversAtBoot(files, units).map(({ trouble }) => trouble)

describe('the next boot', () => {
  test('starts every Puma of port 80 that is wanted, and has no trouble with a healthy one', () => {
    expect(serversAtBoot(both, wanted).map(({ unit }) => unit)).toEqual(['puma.service', 'puma-b.service'])
    expect(troubles(both)).toEqual([null, null])
    expect(troubles(both, 'puma.service')).toEqual([null])
  })

  test('suspends one whose unit says so, unless a later drop-in takes that back', () => {
    const stopped = both + dropIn('ExecStartPost=/bin/kill -STOP $MAINPID')
    expect(troubles(stopped)).toEqual([null, 'suspends itself'])
    expect(troubles(stopped + unit('puma-b.service.d/zz.conf', ['ExecStartPost=']))).toEqual([null, null])
  })

  test('leaves a socket to a helper when the one who forked it is ended alone', () => {
    const retired = both + dropIn('RuntimeMaxSec=20min', 'KillSignal=SIGKILL')
    expect(troubles(retired)).toEqual([null, 'leaves its socket to others'])
    expect(troubles(retired + dropIn('KillMode=control-group'))).toEqual([null, null])
    expect(troubles(retired + dropIn('RuntimeMaxSec=infinity'))).toEqual([null, null])
  })

  test('does not mind a second Puma on another port, nor one that is masked', () => {
    const elsewhere = both.replace(
      '/etc/puma/puma-b.rb: thumb',
      "/etc/puma/puma-b.rb: clear_binds!\n/etc/puma/puma-b.rb: bind 'tcp://127.0.0.1:8080'\n/etc/puma/puma-b.rb: thumb",
    )
    expect(serversAtBoot(elsewhere, wanted).map(({ unit }) => unit)).toEqual(['puma.service'])
    expect(serversAtBoot(first + config, wanted).map(({ unit }) => unit)).toEqual(['puma.service'])
  })

  test('starts nobody, by a server that says nothing', () => expect(serversAtBoot('', '')).toEqual([]))
})
