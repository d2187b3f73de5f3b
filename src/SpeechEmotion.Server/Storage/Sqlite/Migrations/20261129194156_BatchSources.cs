using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SpeechEmotion.Server.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BatchSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Fingerprint",
                table: "batches",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Folder",
                table: "batches",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Metadata",
                table: "batches",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Open",
                table: "batches",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Angry",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Disgusted",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Fearful",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Happy",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Neutral",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Other",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Sad",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Surprised",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Emotions_Unknown",
                table: "batch_chunks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // Chunks of earlier versions did not count emotions.
            string[] emotions = ["Angry", "Disgusted", "Fearful", "Happy", "Neutral", "Other", "Sad", "Surprised", "Unknown"];
            for (var emotion = 0; emotion < emotions.Length; emotion++)
            {
                migrationBuilder.Sql($"""
                    UPDATE "batch_chunks" SET "Emotions_{emotions[emotion]}" = (
                        SELECT COUNT(*) FROM "batch_outcomes" AS o
                        WHERE o."BatchId" = "batch_chunks"."BatchId" AND o."Emotion" = {emotion}
                            AND o."Number" BETWEEN "batch_chunks"."First" AND "batch_chunks"."Last")
                    """);
            }

            migrationBuilder.CreateTable(
                name: "batch_sources",
                columns: table => new
                {
                    BatchId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Location = table.Column<string>(type: "TEXT", nullable: false),
                    Digest = table.Column<string>(type: "TEXT", nullable: true),
                    IsRead = table.Column<bool>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", nullable: true),
                    Message = table.Column<string>(type: "TEXT", nullable: true),
                    MessageZh = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_sources", x => new { x.BatchId, x.Number });
                    table.ForeignKey(
                        name: "FK_batch_sources_batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_batches_Key",
                table: "batches",
                column: "Key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "batch_sources");

            migrationBuilder.DropIndex(
                name: "IX_batches_Key",
                table: "batches");

            migrationBuilder.DropColumn(
                name: "Fingerprint",
                table: "batches");

            migrationBuilder.DropColumn(
                name: "Folder",
                table: "batches");

            migrationBuilder.DropColumn(
                name: "Metadata",
                table: "batches");

            migrationBuilder.DropColumn(
                name: "Open",
                table: "batches");

            migrationBuilder.DropColumn(
                name: "Emotions_Angry",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Disgusted",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Fearful",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Happy",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Neutral",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Other",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Sad",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Surprised",
                table: "batch_chunks");

            migrationBuilder.DropColumn(
                name: "Emotions_Unknown",
                table: "batch_chunks");
        }
    }
}
