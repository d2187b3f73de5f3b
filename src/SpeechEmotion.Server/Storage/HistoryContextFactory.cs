using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace SpeechEmotion.Server.Storage;

/// <summary>Creates the context for <c>dotnet ef migrations add</c>, which runs without a server.</summary>
internal sealed class HistoryContextFactory : IDesignTimeDbContextFactory<HistoryContext>
{
    public HistoryContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<HistoryContext>().UseSqlite().Options);
}
