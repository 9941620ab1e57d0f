using Denoised.Grounding;
using Denoised.Tests.Summaries.Checks;

namespace Denoised.Tests.Grounding;

/// <summary>Sentences in another language than the paper's.</summary>
public sealed class TranslationCheckTests
{
    private static readonly GroundedPaper paper = new(LanternPaper.Index);

    [Theory]
    [InlineData("Die Zahl der Kollisionen sinkt auf HarbourBench um 31,5 % bei 12 ms pro Schiff.", "It reduces collisions")]
    [InlineData("Le taux d’erreur du routeur est de 3,1 %.", "The error rate")]
    [InlineData("Der LanternNet-Kodierer hat 1.412.272 Parameter.", "The encoder has")]
    [InlineData("El entrenamiento tarda de 3 a 5 horas con una lámpara y 40 GB de memoria.", "Training takes")]
    [InlineData("Der LanternNet-Kodierer hat 1,4 Millionen Parameter.", "The encoder has")]
    [InlineData("L’encodeur compte 1 412 272 paramètres.", "The encoder has")]
    [InlineData("HarbourBench에서 정확도는 97.42%이다.", "On HarbourBench")]
    [InlineData("인코더의 매개변수는 141만 개이다.", "The encoder has")]
    [InlineData("Die Genauigkeit beträgt 97,42%, beim Gezeitenmodell 96,76%.", "On HarbourBench")]
    [InlineData("Frühere Planer wie ResNet-50-Netze brauchen ein großes Sprachmodell.", "Earlier planners")]
    public void A_sentence_with_the_numbers_and_names_of_its_evidence_passes(string sentence, string evidence) => Assert.Empty(Find(sentence, evidence));

    [Theory]
    [InlineData("Die Zahl der Kollisionen sinkt auf HarbourBench um 31,6 %.", "It reduces collisions", "\"31.6 %\" does not stand in its evidence")]
    [InlineData("Die Zahl der Kollisionen sinkt auf HarbourBench um 315 %.", "It reduces collisions", "\"315 %\" does not stand in its evidence")]
    [InlineData("Der Kodierer hat 1.412.372 Parameter.", "The encoder has", "\"1412372\" does not stand in its evidence")]
    [InlineData("Der Kodierer hat 1,4 Tausend Parameter.", "The encoder has", "\"1.4\" does not stand in its evidence")]
    [InlineData("Der Kodierer hat 1.412 trainierbare Parameter.", "The encoder has", "\"1.412\" does not stand in its evidence")]
    [InlineData("L’encodeur compte 1 412 372 paramètres.", "The encoder has", "\"1412372\" does not stand in its evidence")]
    [InlineData("Die Zahl der Kollisionen sinkt um 31,5 % bei 12000 Detektoren.", "It reduces collisions", "\"12000\" does not stand in its evidence")]
    [InlineData("StormBench에서 정확도는 97.42%이다.", "On HarbourBench", "\"StormBench\" does not stand in its evidence")]
    [InlineData("인코더의 매개변수는 150만 개이다.", "The encoder has", "\"150\" does not stand in its evidence")]
    [InlineData("Die Genauigkeit auf StormBench beträgt 97,42%.", "On HarbourBench", "\"StormBench\" does not stand in its evidence")]
    [InlineData("Frühere Planer wie ResNet-101-Netze brauchen ein großes Sprachmodell.", "Earlier planners", "\"ResNet101\" does not stand in its evidence")]
    [InlineData("Die **Genauigkeit** beträgt 97,42%.", "On HarbourBench", "it has markup: \"**\"")]
    [InlineData("Wählt dieses Netz, denn seine Genauigkeit beträgt 97,42%!", "On HarbourBench", "it is no statement")]
    public void A_sentence_with_another_number_name_or_form_is_refused(string sentence, string evidence, string message) =>
        Assert.Equal([message], Find(sentence, evidence).Select(finding => finding.Message));

    [Fact]
    public void The_numbers_of_prose_can_stand_anywhere_in_the_paper()
    {
        const string sentence = "Die Genauigkeit beträgt 97,42%, und ein Schiff braucht 12 ms.";
        Assert.Empty(Find(sentence, "Night traffic", isProse: true));
        Assert.NotEmpty(Find(sentence, "Night traffic"));
    }

    private static IReadOnlyList<GroundingFinding> Find(string sentence, string evidence, bool isProse = false)
    {
        var named = paper.Source.Sentences.First(other => other.Text.StartsWith(evidence, StringComparison.Ordinal));
        return TranslationCheck.Check(sentence, new EvidencePassage(paper, named), isProse, out _);
    }
}
