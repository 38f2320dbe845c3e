import { expect, test } from 'vitest'
import { limitAtBoot } from './boot.ts'

const unit = (text: string) =>
  `/etc/systemd/system/puma.service: ExecStart=/srv/shop/bin/puma -C /etc/puma/puma.rb\n${text
    .split('\n')
    .map((line) => `/etc/systemd/system/puma.service: ${line}\n`)
    .join('')}`
const dropIn = (text: string) => `/etc/systemd/system/puma.service.d/x.conf: ${text}\n`
const config = (text = "bind 'tcp://0.0.0.0:80'") => `/etc/puma/puma.rb: ${text}\n`

test.each([
  ['the unit says', unit('LimitNOFILE=40') + config(), 40],
  ['the unit’s soft limit says', unit('LimitNOFILE=4096:8192') + config(), 4096],
  ['the last drop-in says', unit('LimitNOFILE=40') + dropIn('LimitNOFILE=9000') + config(), 9000],
  ['systemd gives everybody', unit('Type=notify') + config(), 1024],
  ['is plenty, when endless', unit('LimitNOFILE=infinity') + config(), 1_048_576],
  [
    'Puma’s configuration sets itself',
    unit('LimitNOFILE=4096') + config('Process.setrlimit(Process::RLIMIT_NOFILE, 36) # leaks'),
    36,
  ],
  [
    'Puma’s configuration sets by name',
    unit('LimitNOFILE=4096') + config('Process.setrlimit(:NOFILE, 1_000)'),
    1000,
  ],
  [
    'the environment file says that Puma’s configuration goes by',
    `${unit('EnvironmentFile=-/etc/default/puma')}/etc/default/puma: PUMA_OPEN_FILES=33\n${config("Process.setrlimit(:NOFILE, Integer(ENV.fetch('PUMA_OPEN_FILES', '1024')))")}`,
    33,
  ],
  [
    'Puma’s configuration falls back to',
    unit('LimitNOFILE=9000') +
      config("Process.setrlimit(:NOFILE, ENV.fetch('PUMA_OPEN_FILES', '2048').to_i)"),
    2048,
  ],
])('after the next boot the limit is what %s', (_, text, limit) => {
  expect(limitAtBoot(text)).toBe(limit)
})

test('nobody can tell from a computation, another program or another file', () => {
  expect(limitAtBoot(unit('LimitNOFILE=40') + config('Process.setrlimit(:NOFILE, size)'))).toBeNull()
  expect(limitAtBoot(unit('ExecStartPost=prlimit --pid $MAINPID --nofile=99') + config())).toBeNull()
  expect(limitAtBoot('')).toBeNull()
})
