namespace Denoised.Model;

/// <summary>The rule of a prompt that asks for another language than English.</summary>
internal static class ModelLanguage
{
    /// <summary>The rule that replaces the one for English.</summary>
    public static string Instruction(string language) =>
        $"Write all texts plainly, in the third person, in the language of the BCP 47 tag {language}. Tags stay as given. Numbers keep the decimal point and the digits of the paper; names and abbreviations stay as the paper spells them.";
}
