import type { ComponentChildren } from "preact";
import type { Facts, Health, Network, RatePoint } from "../api/answers.ts";
import { Exchanges } from "../parts/exchanges.tsx";
import { bytesText, oneIn, percent, wordsOf } from "../parts/numbers.ts";
import { View } from "../parts/view.tsx";
import type { ServerState } from "../server.ts";

function HealthTile({ name, health }: { name: string; health: Health | null }) {
  const ready = health?.status === 0;
  const words = health ? health.message || "Ready to answer" : "The server does not answer";
  return (
    <div class={`tile ${ready ? "ok" : "bad"}`}>
      <span class="dot" aria-hidden="true" />
      <div>
        <h3>{name}</h3>
        <p>{ready ? words : words.charAt(0).toUpperCase() + words.slice(1)}</p>
      </div>
    </div>
  );
}

const rateText = (fmr: number) => (fmr > 0 ? oneIn(fmr) : "none seen");

/** A frame that scrolls sideways where the window is narrow, also by keyboard. */
function Scrolling({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="table-frame" tabIndex={0} aria-label={`${label}, scrollable`}>
      {children}
    </section>
  );
}

function NetworkRow({ network }: { network: Network }) {
  return (
    <tr>
      <th scope="row">
        {network.name} <span class="fine">{network.version}</span>
      </th>
      <td>{wordsOf(network.role)}</td>
      <td>
        <span class="chip">{network.licence}</span>
      </td>
      <td>{network.origin}</td>
      <td>{network.training_data}</td>
    </tr>
  );
}

function Networks({ networks }: { networks: Network[] }) {
  return (
    <section class="card" aria-label="Models">
      <h3>Models and their licences</h3>
      <Scrolling label="Models">
        <table class="models">
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col">Purpose</th>
              <th scope="col">Licence</th>
              <th scope="col">Origin</th>
              <th scope="col">Training data</th>
            </tr>
          </thead>
          <tbody>
            {networks.map((network) => (
              <NetworkRow key={network.name} network={network} />
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

/** One row a score, two columns a data set. */
function Rates({ rates, fittedOn }: { rates: RatePoint[]; fittedOn: string }) {
  if (rates.length === 0) return null;
  const scores = [...new Set(rates.map((rate) => rate.score))].sort((a, b) => a - b);
  const sets = [...new Set(rates.map((rate) => rate.set))];
  const at = (set: string, score: number) => rates.find((rate) => rate.set === set && rate.score === score);
  return (
    <section class="card" aria-label="Error rates">
      <h3>What a score stands for</h3>
      <p class="fine">
        Calibrated on {fittedOn}. FMR: how often different people reach the score. FNMR: how often one person does not.
      </p>
      <Scrolling label="Error rates">
        <table class="rates">
          <thead>
            <tr>
              <td />
              {sets.map((set) => (
                <th key={set} scope="colgroup" colSpan={2}>
                  {set}
                </th>
              ))}
            </tr>
            <tr>
              <th scope="col">Score</th>
              {sets.flatMap((set) => [
                <th key={`${set} fmr`} scope="col">
                  FMR
                </th>,
                <th key={`${set} fnmr`} scope="col">
                  FNMR
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {scores.map((score) => (
              <tr key={score}>
                <th scope="row">{score}</th>
                {sets.flatMap((set) => {
                  const rate = at(set, score);
                  return [
                    <td key={`${set} fmr`}>{rate ? rateText(rate.fmr) : ""}</td>,
                    <td key={`${set} fnmr`}>{rate ? percent(rate.fnmr) : ""}</td>,
                  ];
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

function About({ facts }: { facts: Facts }) {
  const { thresholds, limits } = facts;
  const rows: [string, string][] = [
    ["Version", `faceward ${facts.version}`],
    ["Inference", facts.inference],
    ["Profile", facts.profile ?? "loading"],
    ["Approved from", String(thresholds.approve)],
    ["Declined below", String(thresholds.decline)],
    ["Attack above", String(thresholds.liveness)],
    ["Largest request", bytesText(limits.max_body_bytes)],
    ["Largest picture", `${(limits.max_pixels / 1e6).toFixed(0)} megapixels`],
    ["Longest video", `${limits.max_video_seconds} s`],
  ];
  return (
    <dl class="facts card">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The server itself: health, version, models with licences, and what scores stand for. */
export function ServerView({
  hidden,
  server,
  onRefresh,
}: {
  hidden: boolean;
  server: ServerState | null;
  onRefresh: () => void;
}) {
  const facts = server?.facts ?? null;
  return (
    <View
      name="server"
      title="Server"
      lead="Its health, its models and what they are allowed to be used for."
      hidden={hidden}
    >
      <div class="tiles" aria-live="polite">
        <HealthTile name="Biometry" health={server?.pattern ?? null} />
        <HealthTile name="Liveness" health={server?.liveness ?? null} />
        <button type="button" onClick={onRefresh}>
          Ask again
        </button>
      </div>
      {facts && <About facts={facts} />}
      {facts?.networks && <Networks networks={facts.networks} />}
      {facts?.calibration && <Rates rates={facts.calibration.rates} fittedOn={facts.calibration.fitted_on} />}
      <Exchanges exchanges={server?.exchanges ?? []} />
      <p class="fine">
        This page is made with open software: <a href="/console/notices.txt">notices and licences</a>.
      </p>
    </View>
  );
}
