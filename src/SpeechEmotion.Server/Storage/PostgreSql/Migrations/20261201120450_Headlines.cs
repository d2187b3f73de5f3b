using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SpeechEmotion.Server.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Headlines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Dominant",
                table: "recognitions",
                type: "integer",
                nullable: true);

            // The documents contain it once, in the summary; quotes inside other texts are escaped.
            migrationBuilder.Sql(
                """
                UPDATE recognitions SET "Dominant" = CASE
                    WHEN "Document" LIKE '%"dominant":"angry"%' THEN 0
                    WHEN "Document" LIKE '%"dominant":"disgusted"%' THEN 1
                    WHEN "Document" LIKE '%"dominant":"fearful"%' THEN 2
                    WHEN "Document" LIKE '%"dominant":"happy"%' THEN 3
                    WHEN "Document" LIKE '%"dominant":"neutral"%' THEN 4
                    WHEN "Document" LIKE '%"dominant":"other"%' THEN 5
                    WHEN "Document" LIKE '%"dominant":"sad"%' THEN 6
                    WHEN "Document" LIKE '%"dominant":"surprised"%' THEN 7
                    WHEN "Document" LIKE '%"dominant":"unknown"%' THEN 8
                END
                WHERE "Document" LIKE '%"dominant":"%'
                """);

            migrationBuilder.AddColumn<int>(
                name: "Dominant",
                table: "batch_outcomes",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Secondary",
                table: "batch_outcomes",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<float>(
                name: "Share",
                table: "batch_outcomes",
                type: "real",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Dominant",
                table: "recognitions");

            migrationBuilder.DropColumn(
                name: "Dominant",
                table: "batch_outcomes");

            migrationBuilder.DropColumn(
                name: "Secondary",
                table: "batch_outcomes");

            migrationBuilder.DropColumn(
                name: "Share",
                table: "batch_outcomes");
        }
    }
}
