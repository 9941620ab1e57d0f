namespace Denoised.Publishing.Tex;

/// <summary>A part of a text with TeX.</summary>
/// <param name="Text">Plain text, or a formula as written, with its delimiters.</param>
/// <param name="IsMaths">Whether it is a formula.</param>
internal readonly record struct TexPiece(string Text, bool IsMaths);
