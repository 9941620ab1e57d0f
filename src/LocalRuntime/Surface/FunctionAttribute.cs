namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a public method as a function of this name; its one parameter with a trigger attribute says when it runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    internal string Name { get; } = name;
}
