using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>
/// Neutralizes text that could act as a delimiter in a prompt: the fence around a paper, sentence numbers, chat template tokens, Markdown fences, and
/// role names at the start of a line.
/// </summary>
internal static class PromptSanitizer
{
    /// <summary>Returns the text in a form that is safe inside the fence.</summary>
    public static string Neutralize(string text)
    {
        text = Tag.Replace(text, static tag => $"< {tag.Groups["rest"].Value}");
        text = Token.Replace(
            text,
            static token =>
                string.Join(' ', token.Value.AsEnumerable().Where(static sign => !char.IsWhiteSpace(sign)).Select(static sign => sign.ToString())));
        text = Ticks.Replace(text, "` ` `");
        text = Number.Replace(text, static number => $"(s{number.Groups["digits"].Value})");
        return Turn.Replace(text, static turn => $"{turn.Groups["before"].Value} {turn.Groups["role"].Value} :");
    }

    private static readonly LinearRegex Tag = new(@"[<＜﹤‹]\s*(?<rest>([/／]\s*)?(paper|system|assistant|user|instructions?|s|bos|eos|start_of_turn|end_of_turn|think|pairs|tool\w{0,40})\s*[>＞﹥›])", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Token = new(@"<\s*[|｜]\s*\w{2,40}\s*[|｜]\s*>|\[\s*(/\s*)?(INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS)\s*\]|<\s*<\s*(/\s*)?SYS\s*>\s*>", RegexOptions.IgnoreCase);

    // "[s12]" occurs only before the twelfth sentence.
    private static readonly LinearRegex Number = new(@"[\[［【〔⟦]\s*[sSｓＳ]\s*(?<digits>\d(\s*\d)*)\s*[\]］】〕⟧]");
    private static readonly LinearRegex Ticks = new(@"`{3,}");
    private static readonly LinearRegex Turn = new(@"(?<before>^|\n)[ \t]*(?<role>system|developer|assistant|user|human)\s*:", RegexOptions.IgnoreCase);
}
