/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-print.h"

#include <glib/gi18n.h>

#define POINTS 9.0
#define LINE 15.0
#define MARGIN 40.0
#define NAME_SHARE 0.3

/* Lines of cells; what comes before and after the rows is repeated or not as printing wants it. */
typedef struct
{
  TrestleReport *report;
  GPtrArray *columns; /* of guint, as pointers */
  GPtrArray *rows;    /* of #TrestleReportRow */
  guint n_rows;       /* what follows are totals */
  guint per_page;
} Paper;

static void
paper_free (gpointer data)
{
  Paper *self = data;

  g_object_unref (self->report);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
add_rows (Paper *self, GListModel *rows)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    g_ptr_array_add (self->rows, g_list_model_get_item (rows, i));
}

static void
on_begin (GtkPrintOperation *print, GtkPrintContext *context, Paper *self)
{
  double height = gtk_print_context_get_height (context) - 2 * MARGIN;

  /* Four lines of heading, one of the columns' names, one that says how it is summed. */
  self->per_page = (guint) MAX (4, height / LINE - 6);
  gtk_print_operation_set_n_pages (
      print, (int) MAX (1, (self->rows->len + self->per_page - 1) / self->per_page));
}

static void
draw_cell (GtkPrintContext *context,
           double x,
           double y,
           double width,
           const char *text,
           gboolean end,
           gboolean bold)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_size (font, (int) (POINTS * PANGO_SCALE));
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, end ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/* @row: %NULL for the columns' names */
static void
draw_row (Paper *self,
          GtkPrintContext *context,
          double y,
          TrestleReportRow *row,
          gboolean total,
          double width)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  double name = width * NAME_SHARE;
  double each = (width - name) / MAX (self->columns->len + 1, 1);
  const char *group = trestle_report_group_get_title (trestle_report_get_group (self->report));

  draw_cell (context, MARGIN, y, name - 4,
             row == NULL ? _ (group)
             : total     ? _ ("Total")
                         : trestle_report_row_get_label (row),
             FALSE, row == NULL || total);
  draw_cell (context, MARGIN + name, y, each - 4,
             row == NULL ? _ ("Currency") : trestle_report_row_get_currency (row), FALSE,
             row == NULL || total);
  for (guint i = 0; i < self->columns->len; i++)
    {
      guint column = GPOINTER_TO_UINT (self->columns->pdata[i]);
      g_autofree char *text = row != NULL ? trestle_report_row_dup_text (row, info, column)
                                          : g_strdup (_ (info->columns[column].title));

      draw_cell (context, MARGIN + name + each * (i + 1), y, each - 4, text, TRUE,
                 row == NULL || total);
    }
}

static void
on_draw (GtkPrintOperation *print, GtkPrintContext *context, int page, Paper *self)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context) - 2 * MARGIN;
  guint first = (guint) page * self->per_page;
  guint end = MIN (first + self->per_page, self->rows->len);
  double y = MARGIN;

  draw_cell (context, MARGIN, y, width, _ (info->title), FALSE, TRUE);
  draw_cell (context, MARGIN, y + LINE, width, _ (info->summary), FALSE, FALSE);
  y += 3 * LINE;
  draw_row (self, context, y, NULL, FALSE, width);
  y += LINE;
  cairo_set_line_width (cr, .5);
  cairo_move_to (cr, MARGIN, y);
  cairo_line_to (cr, MARGIN + width, y);
  cairo_stroke (cr);
  for (guint i = first; i < end; i++, y += LINE)
    draw_row (self, context, y + 2, self->rows->pdata[i], i >= self->n_rows, width);
  draw_cell (context, MARGIN, y + LINE, width,
             _ ("Sums are exact and rounded once, here; amounts of different currencies are never "
                "added up."),
             FALSE, FALSE);
}

GtkPrintOperation *
trestle_report_print_new (TrestleReport *report)
{
  const TrestleReportInfo *info = trestle_report_get_info (report);
  GtkPrintOperation *print = gtk_print_operation_new ();
  Paper *self = g_new0 (Paper, 1);

  self->report = g_object_ref (report);
  self->columns = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < info->n_columns; i++)
    if (trestle_report_has_column (report, i) && !trestle_report_is_empty (report, i))
      g_ptr_array_add (self->columns, GUINT_TO_POINTER (i));
  add_rows (self, trestle_report_get_rows (report));
  self->n_rows = self->rows->len;
  add_rows (self, trestle_report_get_totals (report));
  gtk_print_operation_set_unit (print, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (print, TRUE);
  gtk_print_operation_set_job_name (print, _ (info->title));
  g_object_set_data_full (G_OBJECT (print), "paper", self, paper_free);
  g_signal_connect (print, "begin-print", G_CALLBACK (on_begin), self);
  g_signal_connect (print, "draw-page", G_CALLBACK (on_draw), self);
  return print;
}
