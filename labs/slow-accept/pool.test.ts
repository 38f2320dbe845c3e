import { describe, expect, test } from 'vitest'
import { poolAtBoot } from './pool.ts'

/** As the image has them, with what a test changes. */
function files({ unit = '', config = 'threads count, count', settings = 'PUMA_THREADS=3', local = '' } = {}) {
  const of = (name: string, text: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => `${name}: ${line}\n`)
      .join('')
  return [
    of(
      '/etc/systemd/system/puma.service',
      'EnvironmentFile=-/etc/default/puma\nExecStart=/srv/shop/bin/puma -C /etc/puma/puma.rb',
    ),
    of('/etc/systemd/system/puma.service.d/local.conf', 'EnvironmentFile=-/etc/default/puma-local'),
    of('/etc/systemd/system/puma.service.d/threads.conf', unit),
    of('/etc/default/puma', settings),
    of('/etc/default/puma-local', local),
    of('/etc/puma/puma.rb', `count = Integer(ENV.fetch('PUMA_THREADS', '8'))\n${config}`),
  ].join('')
}

const reset = 'ExecStart=\nExecStart=/srv/shop/bin/puma -C /etc/puma/puma.rb'

describe('the next boot starts as many threads as', () => {
  test.each([
    ['the settings say', files(), 3],
    ['the configuration falls back to', files({ settings: '' }), 8],
    ['the configuration says by itself', files({ config: 'threads 1, 24 # enough' }), 24],
    ['the last of two lines says', files({ config: 'threads 1, 3\nthreads(16, 16)' }), 16],
    ['Puma has of its own accord', files({ config: '' }), 5],
    ['a file of this host overrides', files({ settings: 'PUMA_THREADS=32', local: 'PUMA_THREADS="4"' }), 4],
    ['the command line says', files({ unit: `${reset} -t 8:20` }), 20],
    [
      'an environment of the unit does not, being weaker than a file',
      files({ unit: 'Environment=PUMA_THREADS=9' }),
      3,
    ],
    ['an environment of the unit says', files({ settings: '', unit: 'Environment="PUMA_THREADS=9"' }), 9],
    ['all workers have together', files({ config: 'threads count, count\nworkers 2' }), 6],
    ['the workers of the command line have', files({ unit: `${reset} -w 4` }), 12],
    ['workers by the environment have', files({ settings: 'PUMA_THREADS=6\nWEB_CONCURRENCY=3' }), 18],
    ['an expression says', files({ config: "threads 1, Integer(ENV.fetch('POOL', '21'))" }), 21],
    ['an expression with the environment says', files({ config: "threads 1, ENV['PUMA_THREADS'].to_i" }), 3],
  ])('%s', (_, text, threads) => {
    expect(poolAtBoot(text)).toBe(threads)
  })

  test('nobody can tell from a configuration elsewhere or a computation', () => {
    expect(poolAtBoot(files({ unit: 'ExecStart=\nExecStart=/srv/shop/bin/puma -C /run/puma.rb' }))).toBeNull()
    expect(poolAtBoot(files({ config: 'threads 1, Etc.nprocessors * 8' }))).toBeNull()
    expect(poolAtBoot('')).toBeNull()
  })
})
