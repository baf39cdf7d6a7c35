"""The methods paragraph: what was done, with every parameter, from the manifests."""

from __future__ import annotations

from collections.abc import Mapping

from textmine import __version__
from textmine.networks import MEASURES, METHODS
from textmine.pipeline import Analysis, Corpus
from textmine.pipeline.network_items import ITEMS, SECOND, UNITS
from textmine.report.page import ReportSection, Table
from textmine.settings import NetworkSettings

METHODS_ZH = {
    "nmf": "TF-IDF 加权的非负矩阵分解（NNDSVDa 初始化，乘法更新）",
    "lda": "隐含狄利克雷分布（批量变分推断）",
    "lda_online": "隐含狄利克雷分布（在线变分推断，Hoffman 等 2010，以非负矩阵分解起步）",
    "seeded": "以概念名称为种子的隐含狄利克雷分布（不均匀先验，Lu 等 2011）",
    "lda_gibbs": "隐含狄利克雷分布（吉布斯抽样，Griffiths & Steyvers 2004）",
    "hdp": "层次狄利克雷过程（Teh 等 2006）",
    "dmr": "狄利克雷—多项回归主题模型（先验随协变量变化，Mimno & McCallum 2008）",
    "dtm": "动态主题模型（Blei & Lafferty 2006）",
    "ensemble": "TF-IDF 加权非负矩阵分解的共识主题（Belford 等 2018）",
    "embedding": "文献向量聚类，以类 TF-IDF 描述（Grootendorst 2022）",
}
METHODS_EN = {
    "nmf": "non-negative matrix factorisation of TF-IDF weights (NNDSVDa start, multiplicative"
    " updates)",
    "lda": "latent Dirichlet allocation (batch variational Bayes)",
    "lda_online": "latent Dirichlet allocation (online variational Bayes, Hoffman et al. 2010,"
    " started from non-negative matrix factorisation)",
    "seeded": "latent Dirichlet allocation seeded with the names of concepts (uneven prior, Lu et"
    " al. 2011)",
    "lda_gibbs": "latent Dirichlet allocation (Gibbs sampling, Griffiths & Steyvers 2004)",
    "hdp": "a hierarchical Dirichlet process (Teh et al. 2006)",
    "dmr": "Dirichlet-multinomial regression topics (prior by covariates, Mimno & McCallum 2008)",
    "dtm": "a dynamic topic model (Blei & Lafferty 2006)",
    "ensemble": "a consensus of non-negative matrix factorisations of TF-IDF weights (Belford et"
    " al. 2018)",
    "embedding": "clusters of document vectors described by class-based TF-IDF (Grootendorst 2022)",
}


def section(corpus: Corpus, analyses: Mapping[str, Analysis], lang: str) -> ReportSection:
    """The methods in Chinese and in English, in the report's language first."""
    paragraphs = [paragraph_zh(corpus, analyses), paragraph_en(corpus, analyses)]
    if lang == "en":
        paragraphs.reverse()
    versions = sorted({v for a in analyses.values() for v in a.manifest.versions.items()})
    rows = [*versions, *corpus_rows(corpus)]
    header = ("项", "值") if lang == "zh" else ("item", "value")
    caption = "版本与指纹" if lang == "zh" else "Versions and fingerprints"
    title = "方法" if lang == "zh" else "Methods"
    return ReportSection(
        "methods", title, tuple(paragraphs), tables=(Table(caption, header, rows),)
    )


def corpus_rows(corpus: Corpus) -> list[tuple[str, str]]:
    """Fingerprints of what the results were made from."""
    workspace = corpus.workspace
    return [
        ("catalogue generation", str(corpus.generation)),
        ("settings", workspace.settings.fingerprint()),
        ("segmenter and lexicon", workspace.segmenter.fingerprint),
        ("concept scheme", workspace.scheme.fingerprint),
    ]


def paragraph_zh(corpus: Corpus, analyses: Mapping[str, Analysis]) -> str:
    """What was done, in Chinese."""
    settings = corpus.workspace.settings
    terms = settings.terms
    parts = [
        f"以 textmine {__version__} 分析 {len(corpus.documents)} 篇文献。"
        f"用 jieba 分词，领域词表 {len(corpus.workspace.lexicon.entries)} 词；"
        f"保留不少于 {terms.min_length} 字、见于至少 {terms.min_documents} 篇且不超过"
        f" {terms.max_document_share:.0%} 文献的词，去停用词，得 {len(corpus.doc_term.terms)} 词。"
        f"概念按 SKOS 概念体系（{len(corpus.workspace.scheme)} 个概念）在字符上以最长匹配识别。"
    ]
    if "evolution" in analyses:
        parts.append(
            "概念的年度份额为提及该概念或其下位概念的文献占当年文献的比例，区间为"
            f" {settings.evolution.confidence:.0%} Wilson 区间（Wilson 1927）；趋势用 Sen 斜率与经"
            "自相关校正的 Mann–Kendall 检验（Hamed 2009），突现用 Kleinberg（2003）的批次模型"
            "（s = 2，γ = 1），份额水平的变点由二项似然的最优分割得出，生命周期比较平稳、上升、下降、"
            "脉冲四种形状（QAICc），事件之后的变化用分段准泊松回归；同篇共现用 Fisher 精确检验，"
            "措辞接近度为不同文献间语境向量的校正余弦（刀切法区间，置换检验），先后用预白化互相关"
            "（分块自助法），共生用 Lotka–Volterra 对并与互不相干的生命周期比较（AICc，自助法）；"
            "多重检验按 Benjamini–Hochberg 校正。"
        )
    if "topics" in analyses:
        t = settings.topics
        method = METHODS_ZH[t.model]
        parts.append(
            f"主题模型为{method}，主题数 {t.k}，随机种子 {t.seed}；一致性为本语料文献级 NPMI。"
        )
        if t.stability_runs:
            parts.append(
                f"主题的稳定性为换种子并抽取 80% 文献重拟合 {t.stability_runs} 次时，与之一一匹配的主题的"
                "主要词平均 Jaccard（Greene 等 2014）。"
            )
    if "network" in analyses:
        parts.append(_network_zh(settings.network))
    if "claims" in analyses:
        parts.append("论断由规则从概念之间的句式中确定性地抽取，均附原句与位置。")
    if "citations" in analyses:
        parts.append(
            "引证取自参考文献、书名号与发文字号，按文号、题名归到语料中的文献，同名者再比年份、作者与地区；归不到的列出原因，不作猜测。"
        )
    return "".join(parts)


def paragraph_en(corpus: Corpus, analyses: Mapping[str, Analysis]) -> str:
    """What was done, in English."""
    settings = corpus.workspace.settings
    terms = settings.terms
    parts = [
        f"We analysed {len(corpus.documents)} documents with textmine {__version__}. Text was cut"
        f" with jieba and a lexicon of {len(corpus.workspace.lexicon.entries)} domain terms; terms"
        f" of at least {terms.min_length} characters in at least {terms.min_documents} and at most"
        f" {terms.max_document_share:.0%} of the documents were kept, stop words removed, which"
        f" left {len(corpus.doc_term.terms)} terms. Concepts of a SKOS scheme"
        f" ({len(corpus.workspace.scheme)} concepts) were matched on characters, longest first."
    ]
    if "evolution" in analyses:
        parts.append(
            "A concept's yearly share is the proportion of that year's documents that mention it or"
            f" a narrower concept, with {settings.evolution.confidence:.0%} Wilson intervals (Wilson"
            " 1927); trends are Sen's slope with the Mann–Kendall test corrected for autocorrelation"
            " (Hamed 2009), bursts Kleinberg's (2003) batched model (s = 2, γ = 1), changes of level"
            " the optimal segmentation of binomial likelihoods; life cycles compare flat, rise, fall"
            " and pulse by QAICc; effects of events are segmented quasi-Poisson regressions. Meetings"
            " of concepts are Fisher's exact test; proximity of words is a corrected cosine between"
            " the contexts of different documents (jackknife intervals, permutation test); who goes"
            " first is prewhitened cross-correlation with a block bootstrap; symbiosis is a"
            " Lotka–Volterra pair against unrelated life cycles (AICc, bootstrap). All tests are"
            " corrected after Benjamini & Hochberg (1995)."
        )
    if "topics" in analyses:
        t = settings.topics
        method = METHODS_EN[t.model]
        parts.append(
            f"Topics are from {method} with k = {t.k} and seed {t.seed}; coherence is NPMI over the"
            " documents of the corpus."
        )
        if t.stability_runs:
            parts.append(
                "A topic's stability is the average Jaccard of its top words with the matched topic"
                f" in {t.stability_runs} further fits, each with another seed on 80% of the"
                " documents (Greene et al. 2014)."
            )
    if "network" in analyses:
        parts.append(_network_en(settings.network))
    if "claims" in analyses:
        parts.append(
            "Claims were extracted by rules from the sentence patterns between concepts, each with"
            " its words and their place."
        )
    if "citations" in analyses:
        parts.append(
            "Citations come from references, titles in 《》 and document numbers; they were resolved"
            " to documents of the corpus by number or title, namesakes told apart by year, people"
            " and place, and are otherwise listed with the reason."
        )
    return " ".join(parts)


_CHOSEN = {
    "occurrences": ("频次最高", "of most occurrences"),
    "strength": ("总连线强度最大", "of the greatest total link strength"),
}


def _items(n: NetworkSettings, language: int) -> str:
    second = f" × {SECOND[n.across][language]}" if n.across else ""
    return ITEMS[n.items][language] + second


def _network_zh(n: NetworkSettings) -> str:
    counting = "整数计数" if n.counting == "full" else "分数计数"
    text = (
        f"共现网络取{_CHOSEN[n.choose][0]}的 {n.nodes} 个{_items(n, 0)}，"
        f"以{UNITS[n.counted_in][0]}为共现单位，{counting}，共现不少于 {n.min_cooccurrence} 次，"
        f"边权为 {MEASURES[n.measure]}；社群依 {METHODS[n.method]}"
        f"（分辨率 {n.resolution:g}，种子 {n.seed}），中介中心性的距离取 1/边权。"
    )
    if n.highest_q < 1:
        text += f"只留多于偶然的连线（超几何检验，Benjamini–Hochberg 校正，q ≤ {n.highest_q:g}）。"
    if n.bootstrap:
        text += f"对文献有放回重抽样 {n.bootstrap} 次，得社群的 Jaccard 稳定性（Hennig 2007）、位次与战略坐标的区间。"
    return text


def _network_en(n: NetworkSettings) -> str:
    text = (
        f"The network holds the {n.nodes} {_items(n, 1)} {_CHOSEN[n.choose][1]}, co-occurrences counted"
        f" in {UNITS[n.counted_in][1]} ({n.counting} counting), at least {n.min_cooccurrence} a link,"
        f" weighted by {MEASURES[n.measure]}; communities are {METHODS[n.method]} with resolution"
        f" {n.resolution:g} and seed {n.seed}; betweenness takes 1/weight as distance."
    )
    if n.highest_q < 1:
        text += (
            " Only links beyond chance were kept (hypergeometric test, Benjamini-Hochberg"
            f" correction, q <= {n.highest_q:g})."
        )
    if n.bootstrap:
        text += (
            f" Documents were resampled with replacement {n.bootstrap} times for the stability of"
            " communities (Jaccard, Hennig 2007) and the intervals of ranks and of the strategic"
            " diagram."
        )
    return text
