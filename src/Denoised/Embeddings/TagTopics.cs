using Denoised.Domain;
using Denoised.Text;

namespace Denoised.Embeddings;

/// <summary>
/// Title words and arXiv categories that indicate a tag. <see cref="TagModel"/> uses them as features. It was trained on papers labelled by them:
/// weak labels, wrong for some papers but right for most.
/// </summary>
internal static class TagTopics
{
    private static readonly (string Tag, string[] Words, string[] Categories)[] topics =
    [
        ("NLP", ["language", "translation", "text", "dialogue", "question answering", "summarization", "retrieval-augmented", "linguistic"], ["cs.CL"]),
        ("Large Language Models", ["llms?", "language models?", "gpt"], []),
        (
            "Efficient ML",
            [
                "efficient", "lightweight", "quantization", "pruning", "distillation", "compression", "fast", "faster", "sparse", "low-rank",
                "accelerating", "scalable", "memory-efficient"],
            ["cs.AR", "cs.DC", "cs.PF"]),
        (
            "Theory",
            [
                "theory", "theoretical", "bounds?", "convergence", "provable", "provably", "guarantees", "sample complexity", "minimax", "asymptotic",
                "regret"],
            ["math.ST", "stat.TH", "math.PR", "cs.CC", "cs.DS"]),
        ("Optimization", ["optimization", "optimizers?", "gradient descent", "stochastic gradient", "optimal"], ["math.OC"]),
        ("Time Series", ["time series", "forecasting", "temporal", "spatiotemporal", "eeg", "ecg", "longitudinal"], []),
        (
            "Interpretability",
            [
                "interpretability", "interpretable", "explainable", "explainability", "explanations", "explaining", "sparse autoencoders",
                "mechanistic", "attribution", "saliency"],
            []),
        ("Generative Models", ["generative", "diffusion", "flow matching", "gans?", "autoencoders?", "generation", "synthesis"], []),
        ("Reinforcement Learning", ["reinforcement", "policy", "policies", "bandits?", "rewards?"], []),
        ("Graph Learning", ["graphs?", "gnns?", "molecular"], []),
        ("Computer Vision", ["images?", "visual", "vision", "video", "segmentation", "detection", "3d"], ["cs.CV"]),
        ("Multimodal", ["multimodal", "multi-modal", "vision-language", "cross-modal", "mllms?", "audio-visual", "text-to-image"], []),
        ("Robotics", ["robots?", "robotics?", "manipulation", "autonomous driving", "locomotion", "navigation", "embodied"], ["cs.RO"]),
        ("Federated Learning", ["federated"], []),
        ("Audio & Speech", ["audio", "speech", "speaker", "music", "sound", "asr"], ["cs.SD", "eess.AS"]),
        (
            "Safety & Alignment",
            ["safety", "alignment", "jailbreaks?", "jailbreaking", "unsafe", "harmful", "red teaming", "adversarial", "privacy", "robustness"],
            []),
    ];

    private static readonly PhraseMatcher words = new([.. Tag.All.Select(tag => Of(tag).Words)]);

    /// <summary>The categories that indicate a tag.</summary>
    public static IReadOnlyList<string> CategoriesOf(string tag) => Of(tag).Categories;

    /// <summary>The tags that a title indicates.</summary>
    public static IReadOnlySet<string> NamedIn(string title)
    {
        var lists = words.ListsIn(new TokenizedText(title));
        return Tag.All.Where((_, index) => (lists & 1UL << index) != 0).ToHashSet(StringComparer.Ordinal);
    }

    private static (string Tag, string[] Words, string[] Categories) Of(string tag) => topics.Single(topic => topic.Tag == tag);
}
