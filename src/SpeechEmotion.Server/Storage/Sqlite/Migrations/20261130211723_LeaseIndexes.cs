using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SpeechEmotion.Server.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeaseIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_batches_State",
                table: "batches",
                column: "State",
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_batch_chunks_Worker",
                table: "batch_chunks",
                column: "Worker",
                filter: "\"State\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_batches_State",
                table: "batches");

            migrationBuilder.DropIndex(
                name: "IX_batch_chunks_Worker",
                table: "batch_chunks");
        }
    }
}
