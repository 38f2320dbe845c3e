/**
 * Which processes use the embedded server: the last one to leave turns it off. One file per user; one whose process died does not count.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { livesOn, markOf } from './processes.ts'

let count = 0

export interface User {
  /** True when nobody else is left. Leaving twice is leaving once. */
  leave(): Promise<boolean>
}

export async function registerUser(place: string): Promise<User> {
  const folder = path.join(place, 'users')
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `${markOf(process.pid)}-${count++}`)
  await writeFile(file, '')
  let left = false
  return {
    async leave() {
      if (left) return false
      left = true
      await rm(file, { force: true })
      const others = await readdir(folder)
      const dead = others.filter((name) => !livesOn(name))
      await Promise.all(dead.map((name) => rm(path.join(folder, name), { force: true })))
      return others.length === dead.length
    },
  }
}
