using Denoised.Domain;

namespace Denoised.Tests.Domain;

/// <summary>Language tags.</summary>
public sealed class SummaryLanguageTests
{
    [Theory]
    [InlineData("en", true)]
    [InlineData("EN-gb", true)]
    [InlineData("eng", true)]
    [InlineData("eng-Latn", true)]
    [InlineData("enm", false)]
    [InlineData("de", false)]
    public void English_is_recognized_by_its_codes(string tag, bool expected) => Assert.Equal(expected, SummaryLanguage.IsEnglish(tag));
}
