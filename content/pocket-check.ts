/** Everything that is wrong with the pocket, all at once. Knows the schema and the outline, no machine: that an output is true is its author's word. */
import { stageIds } from '../labs/stages.ts'
import { outline } from './outline.ts'
import { pocketCommandSchema } from './pocket-schema.ts'

export interface PocketProblem {
  field: string
  message: string
}

export function checkPocket(commands: readonly unknown[]): PocketProblem[] {
  const seen = new Map<string, number>()
  let stage = 0
  return commands.flatMap((command, index): PocketProblem[] => {
    const result = pocketCommandSchema.safeParse(command)
    if (!result.success) {
      return result.error.issues.map(({ path, message }) => ({ field: [index, ...path].join('.'), message }))
    }
    const { id, columns, output, chapter } = result.data
    const problems: PocketProblem[] = []
    const object = (message: string) => problems.push({ field: id, message })
    if (seen.has(id)) object('Another command has this id.')
    seen.set(id, index)
    const at = stageIds.indexOf(result.data.stage)
    if (at < stage) object('It stands behind a command of a later stage.')
    stage = Math.max(stage, at)
    if (!(outline as readonly string[]).includes(chapter)) object(`The course has no chapter ${chapter}.`)
    for (const { name } of columns) {
      if (!output.includes(name)) object(`Its output has no “${name}”.`)
    }
    return problems
  })
}
