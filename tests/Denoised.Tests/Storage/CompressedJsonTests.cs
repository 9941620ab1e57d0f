using System.Text;
using Azure.Data.Tables;
using CsCheck;
using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Tests.Storage;

public sealed class CompressedJsonTests(StorageFixture storage)
{
    private const int MaxPropertyBytes = 64 * 1024;

    // Every Unicode character except lone surrogates, which JSON cannot represent.
    private static readonly Gen<string> texts = Gen.Char.Array[0, 200].Select(letters => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(letters)));

    // Incompressible text, so that some values need several properties.
    private static readonly Gen<string> incompressible = Gen.Int[0, 300_000].SelectMany(length => Gen.Int.Select(seed => Noise(length, seed)));

    [Fact]
    public void A_value_round_trips_through_an_entity() => Gen.Frequency((9, texts.List[0, 30]), (1, incompressible.List[1, 2])).Sample(
        value =>
        {
            var entity = new TableEntity("p", "r");
            CompressedJson.Write(entity, "Value", value, DomainJson.Default.IReadOnlyListString);
            Assert.All(entity.Select(property => property.Value).OfType<byte[]>(), part => Assert.InRange(part.Length, 1, MaxPropertyBytes));
            Assert.Equal(value, CompressedJson.Read(entity, "Value", DomainJson.Default.IReadOnlyListString));
            Assert.Null(CompressedJson.Read(entity, "Other", DomainJson.Default.IReadOnlyListString));
        },
        iter: 300);

    [Fact]
    public async Task A_value_of_several_properties_round_trips_through_the_service()
    {
        var table = storage.Tables().GetTableClient("values");
        await table.CreateAsync(TestContext.Current.CancellationToken);
        IReadOnlyList<string> value = [Noise(300_000, seed: 1), "ö 𝔸 \u0000"];
        var entity = new TableEntity("p", "r");
        CompressedJson.Write(entity, "Value", value, DomainJson.Default.IReadOnlyListString);
        Assert.True(entity.Select(property => property.Value).OfType<byte[]>().Count() > 3, "The value needs no second property.");

        await table.AddEntityAsync(entity, TestContext.Current.CancellationToken);
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(value, CompressedJson.Read(read.Value, "Value", DomainJson.Default.IReadOnlyListString));
    }

    [Fact]
    public void A_shorter_value_replaces_all_properties_of_a_longer_one()
    {
        var entity = new TableEntity("p", "r");
        CompressedJson.Write(entity, "Value", [Noise(200_000, seed: 2)], DomainJson.Default.IReadOnlyListString);
        CompressedJson.Write(entity, "Value", ["short"], DomainJson.Default.IReadOnlyListString);
        Assert.Equal(["short"], CompressedJson.Read(entity, "Value", DomainJson.Default.IReadOnlyListString));
    }

    [Fact]
    public void The_error_names_the_property_and_row_of_a_value_that_is_too_large()
    {
        var entity = new TableEntity("2026-03-17", "2603.00001");
        var message = Assert.Throws<InvalidDataException>(() => CompressedJson.Write(entity, "Paper", [Noise(2_000_000, seed: 3)], DomainJson.Default.IReadOnlyListString)).Message;
        Assert.Contains("Paper of row 2026-03-17/2603.00001", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_names_the_property_and_row_of_an_unreadable_value()
    {
        byte[][] broken = [[], [1, 2, 3, 4], [.. Enumerable.Repeat((byte)255, 100)]];
        foreach (var bytes in broken)
        {
            var entity = new TableEntity("2026-03-17", "2603.00001") { ["Paper"] = bytes };
            var message = Assert.Throws<InvalidDataException>(() => CompressedJson.Read(entity, "Paper", DomainJson.Default.Paper)).Message;
            Assert.Contains("Paper of row 2026-03-17/2603.00001", message, StringComparison.Ordinal);
        }
    }

    private static string Noise(int length, int seed)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-";
#pragma warning disable CA5394 // Not security-sensitive.
        return string.Create(length, new Random(seed), static (letters, random) => random.GetItems(Letters, letters));
#pragma warning restore CA5394
    }
}
