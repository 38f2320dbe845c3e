/**
 * A folder with all below it, watched from the moment that this returns; folders that come later, too. Node's own recursive watch looks around first, and
 * what is saved meanwhile is lost. Knows no course.
 */
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

/** @param changed is given the name of the file, without its folder. @returns what stops it */
export function watchTree(root: string, changed: (name: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>()

  function look(): void {
    const folders = foldersBelow(root)
    for (const [key, watcher] of watchers) {
      if (folders.has(key)) continue
      watcher.close()
      watchers.delete(key)
    }
    for (const [key, folder] of folders) {
      if (watchers.has(key)) continue
      const watcher = watch(folder, (event, name) => {
        if (event === 'rename') look()
        if (name) changed(name)
      })
      // It is gone; its parent says so, too.
      watcher.on('error', () => watcher.close())
      watchers.set(key, watcher)
    }
  }

  look()
  return () => {
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
  }
}

/** By path and inode: one that was removed and made again is another one. */
function foldersBelow(root: string): Map<string, string> {
  const below = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
  const found = new Map<string, string>()
  for (const folder of [root, ...below]) {
    const stat = statSync(folder, { throwIfNoEntry: false })
    if (stat) found.set(`${stat.ino} ${folder}`, folder)
  }
  return found
}
