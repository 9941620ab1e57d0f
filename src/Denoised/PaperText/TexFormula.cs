using System.Text;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.PaperText;

/// <summary>Cleans up the TeX that LaTeXML stores with a formula.</summary>
internal static class TexFormula
{
    /// <summary>
    /// The formula on one line, without layout commands. Removes parts that TeX does not draw (phantoms, white text) and reports them to
    /// <paramref name="hidden"/>.
    /// </summary>
    public static string Clean(string tex, HiddenTextLog hidden)
    {
        tex = Characters.RemoveInvisible(tex, hidden);
        // LaTeXML breaks long lines with a comment sign at the line end. TeX ignores the text after a comment sign.
        tex = LineEnd.Replace(tex, comment =>
        {
            if (comment.Groups["escaped"].Success)
                return comment.Value;
            if (Words.Count(comment.ValueSpan) > 1)
                hidden.Add(HiddenTextKind.NotDrawn, comment.Value);
            return "";
        });
        tex = WithoutArguments(tex, Undrawn, hidden);
        tex = Layout.Replace(tex, static command => command.Groups["longer"].Length > 0 ? command.Value : "");
        return Characters.CollapseWhiteSpace(Characters.Normalize(tex));
    }

    /// <summary>Removes commands together with their braced argument.</summary>
    private static string WithoutArguments(string tex, LinearRegex command, HiddenTextLog hidden)
    {
        if (!tex.Contains('\\', StringComparison.Ordinal))
            return tex;

        StringBuilder result = new(tex.Length);
        var index = 0;
        foreach (var match in command.EnumerateMatches(tex))
        {
            if (match.Index < index)
                continue;

            result.Append(tex, index, match.Index - index);
            var end = EndOfGroup(tex, match.Index + match.Length);
            // Phantoms of digits and symbols align columns. Phantoms of words hide text.
            var removed = tex[match.Index..end];
            if (Words.Count(removed) > 1)
                hidden.Add(HiddenTextKind.NotDrawn, removed);
            index = end;
        }

        return result.Append(tex, index, tex.Length - index).ToString();
    }

    private static int EndOfGroup(string tex, int start)
    {
        var depth = 1;
        for (var index = start; index < tex.Length; index++)
        {
            if (tex[index] == '\\')
                index++;
            else if (tex[index] == '{')
                depth++;
            else if (tex[index] == '}' && --depth == 0)
                return index + 1;
        }

        return tex.Length;
    }

    private static readonly LinearRegex LineEnd = new(@"(?<escaped>\\%)|%[^\n]*\n");
    private static readonly LinearRegex Undrawn = new(@"\\[hv]?phantom\s*\{|\\textcolor\s*(\{\s*white\s*\}|\[rgb\]\s*\{\s*1\s*,\s*1\s*,\s*1\s*\}|\[named\]\s*\{\s*white\s*\}|\[HTML\]\s*\{\s*[Ff]{6}\s*\}|\[gray\]\s*\{\s*(1|0\.9[4-9]\d*)\s*\})\s*\{|\{\s*\\color\s*(\{\s*white\s*\}|\[rgb\]\s*\{\s*1\s*,\s*1\s*,\s*1\s*\}|\[named\]\s*\{\s*white\s*\})|\\(transparent|texttransparent)\s*\{\s*0(\.0\d*)?\s*\}\s*\{");
    private static readonly LinearRegex Layout = new(@"\\(displaystyle|textstyle|scriptstyle|limits|nolimits|displaylimits|allowbreak|nobreak|hfill|pagecolor|@add@centering|definecolor\[named\]\{[^{}]*\}\{[^{}]*\}(\{[^{}]*\})?)(?<longer>[A-Za-z]*)\s*");
}
