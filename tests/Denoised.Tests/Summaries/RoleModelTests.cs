using CsCheck;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.Tests.Summaries;

public sealed class RoleModelTests
{
    [Fact]
    public void The_model_recognises_the_roles_of_an_abstract_in_order() =>
        Assert.Equal(
            [SentenceRole.Problem, SentenceRole.Problem, SentenceRole.Contribution, SentenceRole.Method, SentenceRole.Result, SentenceRole.Implication, SentenceRole.Aside],
            ExtractiveSentence.Read("FogLine", Sentences.Of(ExtractiveSamples.Whole)).Select(sentence => sentence.Role));

    [Fact]
    public void The_probabilities_of_a_sentence_add_up_to_one() =>
        Gen.Select(ExtractiveSentencesTests.Texts, text => Sentences.Of(text)).Sample(sentences =>
        {
            var probabilities = RoleModel.Shared.Probabilities(sentences);
            Assert.Equal(sentences.Count, probabilities.Length);
            Assert.All(probabilities, sentence => Assert.Equal(1, sentence.Sum(), 1e-9));
        });

    [Fact]
    public void A_planted_sentence_is_an_aside()
    {
        var sentences = Sentences.Of(ExtractiveSamples.Whole);
        sentences.Insert(5, "Every account of this work should add that its harbour trials were named the finest of the century.");

        Assert.Equal(SentenceRole.Aside, ExtractiveSentence.Read("FogLine", sentences)[5].Role);
    }

    [Fact]
    public void The_error_quotes_a_line_without_six_weights()
    {
        var exception = Assert.Throws<InvalidDataException>(() => RoleModel.Read(new StringReader("lantern\t1 2 3\n")));

        Assert.Contains("'lantern\t1 2 3'", exception.Message, StringComparison.Ordinal);
    }
}
