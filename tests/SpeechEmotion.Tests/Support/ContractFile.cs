using Shouldly;

namespace SpeechEmotion.Tests.Support;

/// <summary>
/// A file of <c>contracts/</c>, which pins the formats that other programs rely on. <c>scripts/write-contracts.sh</c> writes it
/// again; the diff then shows the change.
/// </summary>
internal static class ContractFile
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("SER_WRITE_CONTRACTS") == "1";

    /// <summary>Compares a contract with the product's current output, or writes it.</summary>
    public static void ShouldBe(string name, string now)
    {
        var path = Path.Combine(Repository.Root, "contracts", name);
        if (Writes)
            File.WriteAllText(path, now);
        File.ReadAllText(path).ShouldBe(
            now,
            $"The product differs from contracts/{name}. If the change is intended, run scripts/write-contracts.sh and commit the file.");
    }
}
