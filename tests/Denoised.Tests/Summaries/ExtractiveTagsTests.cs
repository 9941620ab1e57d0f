using Denoised.Summaries;

namespace Denoised.Tests.Summaries;

public sealed class ExtractiveTagsTests
{
    // All titles and abstracts are invented.
    [Theory]
    [InlineData("Pruning Large Language Models by Moonlight", "We compress large language models (LLMs) by pruning. Latency and memory fall while accuracy stays.", "cs.LG cs.CL", "Large Language Models", "Efficient ML")]
    [InlineData("A Regret Bound for Sleepy Bandits", "We prove a regret bound for bandits whose arms sleep, with a matching lower bound. The policy explores little.", "stat.ML", "Theory", "Reinforcement Learning")]
    [InlineData("Graph Neural Networks on Railway Maps", "Graph neural networks pass messages between stations. We study node classification on such graphs.", "cs.LG", "Graph Learning")]
    [InlineData("Whispering Robots", "A humanoid robot grasps cups. The robot learns motion planning in a simulator.", "cs.RO", "Robotics")]
    [InlineData("Hearing Owls", "We recognise owls in audio. A spectrogram network beats earlier acoustic models of bird sound.", "cs.SD eess.AS", "Audio & Speech")]
    [InlineData("Federated Orchards", "Federated learning over clients with non-IID apples needs fewer communication rounds when each client waits.", "cs.LG", "Federated Learning")]
    [InlineData("Jailbreaks of Polite Models", "We red-team language models with jailbreak attacks and measure harmful answers and safety alignment.", "cs.CR cs.CL", "Safety & Alignment", "Large Language Models")]
    [InlineData("Forecasting Tides", "We forecast time series of tides from sensor data with seasonal terms.", "cs.LG", "Time Series")]
    public void The_tags_name_the_subjects_of_a_paper(string title, string text, string categories, params string[] expected)
    {
        var tags = ExtractiveSummarizer.Summarize(ExtractiveSamples.Paper(text, title, categories.Split(' ')), ExtractiveSamples.Now).Tags;

        Assert.All(expected, tag => Assert.Contains(tag, tags));
    }

    [Fact]
    public void The_category_determines_the_tag_if_the_words_do_not() =>
        Assert.Equal(["Computer Vision"], ExtractiveSummarizer.Summarize(ExtractiveSamples.Paper("Zzyx qwv.", "Qqv", "cs.CV"), ExtractiveSamples.Now).Tags);

    [Fact]
    public void Tags_reach_a_micro_F1_of_0_65_on_the_reference_papers()
    {
        var papers = ExtractiveSamples.Labelled();
        int correct = 0, predicted = 0, labelled = 0;
        foreach (var (paper, labels) in papers)
        {
            var tags = ExtractiveSummarizer.Summarize(paper, ExtractiveSamples.Now).Tags;
            correct += tags.Count(labels.Contains);
            predicted += tags.Count;
            labelled += labels.Count;
        }

        // The tag model's biases and threshold were fitted to these papers; docs/embedding-model.md has the leave-one-out score. This floor detects a
        // wrong model file.
        Assert.True(2.0 * correct / (predicted + labelled) >= 0.65, $"Micro-F1 fell to {2.0 * correct / (predicted + labelled):0.000}.");
    }
}
