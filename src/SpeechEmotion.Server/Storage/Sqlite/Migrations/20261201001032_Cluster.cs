using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SpeechEmotion.Server.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Cluster : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Code",
                table: "recognitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Draining",
                table: "programs",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Status",
                table: "programs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trace",
                table: "batches",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "GaveUp",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_batch_chunks_GaveUp",
                table: "batch_chunks",
                column: "GaveUp",
                filter: "\"GaveUp\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_batch_chunks_GaveUp",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Code",
                table: "recognitions");

            migrationBuilder.DropColumn(
                name: "Draining",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "Status",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "Trace",
                table: "batches");

            migrationBuilder.DropColumn(
                name: "GaveUp",
                table: "batch_chunks");
        }
    }
}
