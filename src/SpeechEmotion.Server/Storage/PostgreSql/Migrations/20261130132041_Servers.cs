using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SpeechEmotion.Server.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Servers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Sender",
                table: "webhook_deliveries",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "IsCancelled",
                table: "recognitions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Worker",
                table: "recognitions",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Reader",
                table: "batches",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "logins",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Quota = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Stamp = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Expires = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_logins", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "programs",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Host = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Started = table.Column<long>(type: "bigint", nullable: false),
                    LeasedUntil = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_programs", x => x.Name);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "logins");

            migrationBuilder.DropTable(
                name: "programs");

            migrationBuilder.DropColumn(
                name: "Sender",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "IsCancelled",
                table: "recognitions");

            migrationBuilder.DropColumn(
                name: "Worker",
                table: "recognitions");

            migrationBuilder.DropColumn(
                name: "Reader",
                table: "batches");
        }
    }
}
