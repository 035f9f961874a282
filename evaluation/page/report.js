"use strict";
{
  const report = JSON.parse(document.getElementById("report").textContent);
  const main = document.getElementById("main");

  const element = (name, ...children) => {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  };
  const percent = (rate) => (rate === undefined || rate === null ? "–" : (100 * rate).toPrecision(3) + " %");
  const interval = (of) => (of ? `95 %: ${percent(of[0])} to ${percent(of[1])}` : "");
  const counted = (p) => (p.total === 0 ? "none" : `${p.count} of ${p.total} = ${percent(p.rate)}`);

  const figures = (entries) =>
    element("dl", ...entries.map(([what, value, detail]) =>
      element("div", element("dt", what), element("dd", value, element("small", detail ?? "")))));

  const table = (heads, rows) => {
    const body = element("tbody", ...rows.map((row) => element("tr", ...row.map((cell) => element("td", String(cell))))));
    const whole = element("div", element("table", element("thead", element("tr", ...heads.map((head) => element("th", head)))), body));
    whole.className = "scroll";
    whole.tabIndex = 0;
    return whole;
  };

  const chart = (caption, options) => {
    const drawn = Plot.plot({ width: 720, height: 360, grid: true, marginLeft: 60, style: { background: "none" }, ...options });
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", caption);
    main.append(element("figure", drawn, element("figcaption", caption)));
  };

  const section = (title, ...children) => main.append(element("h2", title), ...children);

  const bars = (counts, names) =>
    Object.entries(counts).flatMap(([kind, bins]) => {
      const all = bins.reduce((a, b) => a + b, 0) || 1;
      return bins.map((n, i) => ({ kind: names[kind] ?? kind, from: i / bins.length, to: (i + 1) / bins.length, share: n / all }));
    });

  const histogram = (caption, counts, names, x) =>
    chart(caption, {
      x: { label: x, domain: [0, 1] },
      y: { label: "share", type: "sqrt" },
      color: { legend: true },
      marks: [Plot.rectY(bars(counts, names), { x1: "from", x2: "to", y1: 0, y2: "share", fill: "kind", fillOpacity: 0.6 }), Plot.ruleY([0])],
    });

  const listOf = (counts) => Object.entries(counts ?? {}).map(([what, n]) => [what, n]);

  const verification = (r) => {
    const det = (r.det ?? []).filter((d) => d.fmr > 0);
    main.append(figures([
      ["Equal error rate", percent(r.eer.rate), r.eer.missing ?? interval(r.eer.interval)],
      ["Mated comparisons", r.mated],
      ["Non-mated comparisons", r.non_mated],
      ["Failures to acquire", percent(r.fta.rate), `${r.fta.count} of ${r.fta.total} pictures`],
      ...(r.accuracy ? [[`Accuracy over ${r.accuracy.folds} folds`, percent(r.accuracy.mean), `± ${percent(r.accuracy.deviation)}`]] : []),
    ]));
    section("True accept rate at fixed false match rates", table(
      ["FMR", "TAR", "95 % interval", "at score", "at similarity"],
      r.tar.map((t) => t.missing ? [t.fmr, "cannot be told", t.missing, "", ""] :
        [t.fmr, percent(t.tar), `${percent(t.interval[0])} to ${percent(t.interval[1])}`, t.score.toFixed(3), t.similarity.toFixed(4)])));
    section("What a score stands for", table(
      ["Score", "False matches", "95 % interval", "False non-matches", "95 % interval"],
      r.at_score.map((s) => [s.score, counted(s.fmr), interval(s.fmr.interval), counted(s.fnmr), interval(s.fnmr.interval)])));
    section("Curves");
    chart("Detection error trade-off: false non-match rate against false match rate", {
      x: { type: "log", label: "false match rate", tickFormat: "~g" },
      y: { label: "false non-match rate", percent: true },
      marks: [Plot.line(det, { x: "fmr", y: "fnmr", stroke: "#2f6fde", strokeWidth: 2, curve: "step-after" }), Plot.ruleY([0])],
    });
    chart("Receiver operating characteristic: true accept rate against false match rate", {
      x: { type: "log", label: "false match rate", tickFormat: "~g" },
      y: { label: "true accept rate", percent: true },
      marks: [Plot.line(det, { x: "fmr", y: (d) => 1 - d.fnmr, stroke: "#2f6fde", strokeWidth: 2, curve: "step-after" })],
    });
    histogram("Comparison scores, each kind as shares of its own (square-root scale)", r.histogram, { non_mated: "non-mated", mated: "mated" }, "score");
    section("Labels to look at", element("p",
      `${r.suspects["mated_below_0.5"]} pairs labelled mated score below 0.5, ${r.suspects["non_mated_from_0.85"]} labelled non-mated score 0.85 or more.`),
      table(["Picture", "Picture", "Labelled", "Score"], r.suspects.pairs.map((p) => [p.a, p.b, p.labelled, p.score.toFixed(3)])));
    section("Pictures without a template", table(["Reason", "Pictures"], listOf(r.fta_reasons)));
  };

  const identification = (r) => {
    const fnir = r["fnir_at_fpir_0.01"];
    main.append(figures([
      ["Rank one", percent(r.rank_one.rate), `${counted(r.rank_one)}; ${interval(r.rank_one.interval)}`],
      ["FNIR at an FPIR of 1 %", fnir.missing ? "cannot be told" : percent(fnir.fnir.rate), fnir.missing ?? `${counted(fnir.fnir)}; score ${fnir.score.toFixed(3)}`],
      ["Enrolled subjects", r.enrolled_subjects, `${r.references} references`],
      ["Probes", r.probes, `${r.probes_without_a_template} more without a template`],
    ]));
    if (r.curve.length > 0) {
      section("Curves");
      chart("False negative against false positive identification rate", {
        x: { label: "false positive identification rate", percent: true },
        y: { label: "false negative identification rate", percent: true },
        marks: [Plot.line(r.curve, { x: "fpir", y: "fnir", stroke: "#2f6fde", strokeWidth: 2, curve: "step-after" }), Plot.ruleY([0])],
      });
      chart("Both rates by the score that a reference must reach", {
        x: { label: "score", domain: [0, 1] },
        y: { label: "rate", percent: true },
        color: { legend: true },
        marks: Object.entries({ fpir: "false positive", fnir: "false negative" }).map(([key, name]) =>
          Plot.line(r.curve, { x: "score", y: key, stroke: () => name, strokeWidth: 2, curve: "step-after" })),
      });
    }
    section("Pictures without a template", table(["Reason", "Pictures"], listOf(r.fta_reasons)));
  };

  const reliability = (caption, bins) => chart(caption, {
    x: { label: "attack probability", domain: [0, 1] },
    y: { label: "share of attacks", domain: [0, 1] },
    marks: [Plot.line([[0, 0], [1, 1]], { strokeDasharray: "4" }),
      Plot.dot(bins.filter((b) => b.attacks.total > 0), { x: "mean_probability", y: (b) => b.attacks.rate, r: (b) => Math.sqrt(b.attacks.total), fill: "#2f6fde" })],
  });

  const errors = (title, rates) => section(title, table(
    ["Presentation", "Error rate", "95 % interval"],
    [["bona fide", "BPCER " + counted(rates.bpcer), interval(rates.bpcer.interval)],
      ...Object.entries(rates.apcer).map(([name, p]) => [name, "APCER " + counted(p), interval(p.interval)])]));

  const liveness = (r) => {
    const at = r.at_threshold;
    main.append(figures([
      ["Worst instrument", at.worst ? percent(at.worst.apcer.rate) : "–", at.worst ? `APCER of ${at.worst.instrument}: ${counted(at.worst.apcer)}` : ""],
      ["BPCER", percent(at.bpcer.rate), `${counted(at.bpcer)}; ${interval(at.bpcer.interval)}`],
      ["ACER by the worst instrument", percent(at.acer)],
      ["Media", r.media],
    ]));
    errors(`Error rates at the threshold ${at.threshold}`, at);
    if (r["at_bpcer_0.05"]) errors(`Where the BPCER is at most 5 %: threshold ${r["at_bpcer_0.05"].threshold.toFixed(3)}`, r["at_bpcer_0.05"]);
    section("Refused: neither passed nor failed", table(["Presentation", "Refused", "95 % interval"],
      Object.entries(r.refused ?? {}).map(([name, p]) => [name, counted(p), interval(p.interval)])), table(["Reason", "Media"], listOf(r.refusal_reasons)));
    section("Curves");
    histogram("Attack probabilities, each kind as shares of its own (square-root scale)", r.histogram, { bona_fide: "bona fide", attack: "attack" }, "attack probability");
    const det = Object.entries(r.det).flatMap(([name, points]) => points.map((p) => ({ ...p, name })));
    chart("Detection error trade-off: APCER of each instrument against BPCER", {
      x: { label: "BPCER", percent: true },
      y: { label: "APCER", percent: true },
      color: { legend: true },
      marks: [Plot.line(det, { x: "bpcer", y: "apcer", stroke: "name", strokeWidth: 2, curve: "step-after" }), Plot.ruleY([0])],
    });
    reliability("Reliability: how often media of a probability were attacks (the line: as they should be)", r.reliability);
    for (const [name, bins] of Object.entries(r.reliability_of)) reliability(`Reliability among bona fide presentations and ${name}`, bins);
    section("Labels to look at", table(["Medium", "Labelled", "Attack probability"],
      r.suspects.map((s) => [s.path, s.labelled, s.attack_probability.toFixed(3)])));
  };

  const discardCurve = (c) => {
    const title = `Error against discard at a false match rate of ${c.fmr}`;
    if (c.missing) {
      section(title, element("p", "Cannot be told: " + c.missing));
      return;
    }
    section(title, table(["Left out", "FNMR by unified score", "95 % interval", "by face size", "by chance"],
      c.points.map((p) => [percent(p.discarded), percent(p.unified), interval(p.interval), percent(p.face_size), percent(p.chance)])));
    chart("False non-match rate of the mated pairs that are left when the worst are not counted", {
      x: { label: "share of mated pairs left out", percent: true },
      y: { label: "false non-match rate", percent: true, zero: true },
      color: { legend: true },
      marks: [
        Plot.areaY(c.points, { x: "discarded", y1: (p) => p.interval[0], y2: (p) => p.interval[1], fill: "#2f6fde", fillOpacity: 0.15 }),
        ...Object.entries({ unified: "unified score", face_size: "face size", chance: "chance" }).map(([key, name]) =>
          Plot.line(c.points, { x: "discarded", y: key, stroke: () => name, strokeWidth: 2 })),
      ],
    });
  };

  const quality = (r) => {
    main.append(figures([
      ["Mated comparisons", r.mated],
      ["Non-mated comparisons", r.non_mated],
      ["Failures to acquire", percent(r.fta.rate), `${r.fta.count} of ${r.fta.total} pictures`],
    ]));
    r.curves.forEach(discardCurve);
    section("Unified scores");
    histogram("Unified scores in hundredths, as shares of the pictures (square-root scale)", r.unified_scores, {}, "unified score");
    section("Pictures without a template", table(["Reason", "Pictures"], listOf(r.fta_reasons)));
  };

  const kinds = { verification, identification, liveness, quality };
  main.replaceChildren(element("h1", "Evaluation: " + report.run));
  const about = element("p", `${report.pack}, faceward ${report.faceward}, ${report.list}`);
  about.className = "quiet";
  main.append(about);
  kinds[report.run](report);
}
