/** What the learners' devices could do, who has trouble first. */
import { beforeText } from '#/app/_text/en/people/before.ts'
import type { DeviceView } from '#/classroom/room/device.ts'
import { deviceChecks } from '#/classroom/room/device-checks.ts'
import { momentIn } from '../../cohort/dates.ts'
import { OutcomeSign } from './OutcomeSign.tsx'

const text = beforeText.list

export function DeviceList({ devices, timeZone }: { devices: readonly DeviceView[]; timeZone: string }) {
  const checked = devices.filter(({ results }) => results !== null).length
  const inTrouble = devices.filter(hasTrouble)
  const sorted = [...inTrouble, ...devices.filter((one) => !hasTrouble(one))]
  return (
    <>
      <p className="figures mt-4 text-sm">
        {[text.count(checked, devices.length), text.trouble(inTrouble.length)].filter(Boolean).join(' · ')}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className="relative mt-3 overflow-x-auto" aria-label={text.table} tabIndex={0}>
        <table className="w-full border-t border-rule text-left text-sm">
          <thead>
            <tr className="border-b border-rule text-muted">
              <th scope="col" className="py-2 pr-6 font-medium">
                {text.name}
              </th>
              <th scope="col" className="py-2 pr-6 font-medium">
                {text.when}
              </th>
              {deviceChecks.map((check) => (
                <th key={check} scope="col" className="py-2 pr-6 font-medium">
                  {beforeText.checks[check]}
                </th>
              ))}
              <th scope="col" className="py-2 font-medium">
                {text.device}
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((device) => (
              <Row key={device.person} device={device} timeZone={timeZone} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

const hasTrouble = ({ results }: DeviceView): boolean =>
  results !== null && deviceChecks.some((check) => results[check] === 'fail')

const Row = ({ device: { name, at, results }, timeZone }: { device: DeviceView; timeZone: string }) => (
  <tr className="border-b border-rule align-baseline">
    <th scope="row" className="py-2 pr-6 font-medium">
      <bdi>{name}</bdi>
    </th>
    <td className="figures whitespace-nowrap py-2 pr-6 text-muted">
      {at === null ? text.never : momentIn(timeZone, at)}
    </td>
    {deviceChecks.map((check) => (
      <td key={check} className="whitespace-nowrap py-2 pr-6">
        {results && <OutcomeSign outcome={results[check]} short />}
      </td>
    ))}
    <td className="min-w-[14rem] break-words py-2 text-xs text-muted">
      {results && `${results.agent} · ${results.window}`}
    </td>
  </tr>
)
