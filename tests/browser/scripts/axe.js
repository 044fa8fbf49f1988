// Runs axe-core, which is in the page already; `window.brokenRules` becomes the
// list of what breaks a rule, a line an element.
axe
  .run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "target-size": { enabled: true } },
  })
  .then(({ violations }) => {
    window.brokenRules = violations.flatMap((rule) =>
      rule.nodes.map((node) => {
        const reasons = [...node.any, ...node.all, ...node.none].map((check) => check.message);
        return `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${reasons.join("; ")}`;
      }),
    );
  })
  .catch((error) => {
    window.brokenRules = ["axe-core fails: " + error];
  });
