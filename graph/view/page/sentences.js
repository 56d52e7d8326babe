// What an article says: the sentence with its names and the word that says it marked, and where it stands.
const marks = (sentence) => {
  const stretches = [
    ["who", sentence.source],
    ["who", sentence.target],
    ["says", sentence.trigger],
  ]
    .filter(([, [start, end]]) => start >= 0 && end > start && end <= sentence.text.length)
    .sort((a, b) => a[1][0] - b[1][0] || a[1][1] - b[1][1]);
  const parts = [];
  let at = 0;
  for (const [className, [start, end]] of stretches) {
    if (start < at) continue;
    parts.push(sentence.text.slice(at, start), element("mark", { className }, sentence.text.slice(start, end)));
    at = end;
  }
  return [...parts, sentence.text.slice(at)];
};
// a link where the article came from the web, else the words as they are: nothing else is ever made a link
const whence = ({ article }) => {
  const words = article.title || article.origin || text("untitled");
  return /^https?:\/\//i.test(article.origin)
    ? element("a", { href: article.origin, rel: "noreferrer noopener", target: "_blank" }, words)
    : element("span", {}, words);
};
const citation = (sentence) => {
  const { article } = sentence,
    file = !/^https?:\/\//i.test(article.origin) && article.title ? article.origin.split(/[\\/]/).pop() : "";
  const facts = [
    outlets[article.outlet],
    sentence.date || article.published || text("undated"),
    file,
    sentence.page ? text("page", { page: sentence.page }) : "",
    sentence.line ? text("line", { line: sentence.line }) : "",
    sentence.via ? text("via", { name: sentence.via }) : "",
    sentence.status !== ACTIVE ? text(vocabulary.statuses[sentence.status]) : "",
    text("sure", { percent: sentence.sure }),
  ];
  return element("footer", {}, whence(sentence), ...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
};
const ACTIVE = vocabulary.statuses.indexOf("active");
const quote = (sentence) =>
  element(
    "blockquote",
    { className: "line-" + FAMILIES[kinds[sentence.edge.kind].family] },
    element("p", {}, ...marks(sentence)),
    citation(sentence),
  );
const excerpt = (edge) => {
  const [sentence] = sentencesOf(edge);
  return sentence ? element("p", { className: "excerpt" }, ...marks(sentence)) : null;
};
