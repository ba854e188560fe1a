/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-price-cells.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-price-formula.h"
#include "domain/trestle-price-sheet.h"
#include "widgets/trestle-widget.h"

struct _TrestlePriceCells
{
  GtkListBoxRow parent_instance;

  GtkCheckButton *check;
  GtkLabel *type;
  GtkLabel *facts;
  GtkLabel *machine;
  GtkEntry *realtime;
  GtkEntry *batch;
  GtkEntry *training;
  GtkWidget *realtime_cell;
  GtkWidget *batch_cell;
  GtkWidget *training_cell;
  GtkLabel *total;
  GtkLabel *against;

  TrestlePriceLines *lines;
  TrestlePriceLine *line;
  GCancellable *pasting;
  guint paste_mode;
  gboolean captions;
  gboolean showing; /* a cell gets what the draft says */
};

G_DEFINE_FINAL_TYPE (TrestlePriceCells, trestle_price_cells, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_CAPTIONS = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  NEXT,
  BLOCK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkEntry *
entry_of (TrestlePriceCells *self, guint mode)
{
  GtkEntry *entries[TRESTLE_PRICE_MODES] = { self->realtime, self->batch, self->training };

  return entries[mode];
}

static GtkWidget *
cell_of (TrestlePriceCells *self, guint mode)
{
  GtkWidget *cells[TRESTLE_PRICE_MODES] = { self->realtime_cell, self->batch_cell,
                                            self->training_cell };

  return cells[mode];
}

static guint
mode_of (TrestlePriceCells *self, gpointer entry)
{
  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    if (entry_of (self, mode) == entry)
      return mode;
  return 0;
}

/* Why a cell is red; NULL where it is not. */
static const char *
fault_of (TrestlePriceCells *self, guint mode)
{
  const char *price = trestle_price_line_get_price (self->line, mode);

  if (*price == '\0')
    return _ ("No price");
  return trestle_price_is_valid (price) ? NULL : _ ("Write dollars, with at most eight places");
}

static void
update_entry (TrestlePriceCells *self, guint mode)
{
  GtkEntry *entry = entry_of (self, mode);
  GtkEditable *editable = GTK_EDITABLE (entry);
  const char *price = trestle_price_line_get_price (self->line, mode);
  gboolean has = trestle_price_line_has (self->line, mode);
  const char *fault = has ? fault_of (self, mode) : NULL;

  gtk_widget_set_visible (cell_of (self, mode), trestle_price_lines_has (self->lines, mode));
  gtk_widget_set_sensitive (GTK_WIDGET (entry), has);
  gtk_entry_set_placeholder_text (entry, has ? _ ("No price") : "–");
  if (!g_str_equal (gtk_editable_get_text (editable), price))
    {
      /* it is emptied before it is filled, and nobody types that */
      self->showing = TRUE;
      gtk_editable_set_text (editable, price);
      self->showing = FALSE;
    }
  trestle_widget_set_tooltip (entry, fault);
  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
      fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update (TrestlePriceCells *self)
{
  static const char *const tones[] = { "dimmed", "accent", "success", "warning", "error" };
  g_autofree char *facts = trestle_price_line_dup_facts (self->line);
  g_autofree char *cost = trestle_price_line_dup_machine (self->line);
  g_autofree char *totals = trestle_price_line_dup_totals (self->line);
  g_autofree char *total = trestle_price_line_dup_total (self->line);
  TrestleTone tone;
  g_autofree char *against = trestle_price_line_dup_against (self->line, &tone);

  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), *facts != '\0');
  gtk_label_set_label (self->machine, cost);
  gtk_label_set_label (self->total, total);
  trestle_widget_set_tooltip (self->total, *totals != '\0' ? totals : NULL);
  gtk_label_set_label (self->against, against);
  gtk_widget_set_visible (GTK_WIDGET (self->against), *against != '\0');
  trestle_widget_set_tooltip (
      self->against,
      tone == TRESTLE_TONE_WARNING
          ? _ ("Who buys from now on pays it at once, subscribers after 90 days’ notice")
      : tone == TRESTLE_TONE_SUCCESS ? _ ("Everybody pays the lower price at once")
                                     : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->against), tones[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->against), tones[tone]);
  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    update_entry (self, mode);
}

static void
on_changed (TrestlePriceCells *self, GtkEditable *entry)
{
  guint mode = mode_of (self, entry);
  const char *text = gtk_editable_get_text (entry);

  if (!self->showing && !g_str_equal (text, trestle_price_line_get_price (self->line, mode)))
    trestle_price_line_set_price (self->line, mode, text);
}

static void
on_activate (TrestlePriceCells *self, GtkEntry *entry)
{
  g_signal_emit (self, signals[NEXT], 0, mode_of (self, entry));
}

/* One cell goes where the cursor is; more of them from this cell on, right and down. */
static void
pasted_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  TrestlePriceCells *self = data;

  if (text == NULL) /* cancelled: self may be gone */
    return;
  g_strchomp (text);
  if (strpbrk (text, "\t\n;") != NULL)
    {
      g_signal_emit (self, signals[BLOCK], 0, self->paste_mode, text);
    }
  else
    {
      GtkEditable *entry = GTK_EDITABLE (entry_of (self, self->paste_mode));
      g_autofree char *price = trestle_price_sheet_dup_price (text);
      int position;

      gtk_editable_delete_selection (entry);
      position = gtk_editable_get_position (entry);
      gtk_editable_insert_text (entry, price != NULL ? price : text, -1, &position);
      gtk_editable_set_position (entry, position);
    }
}

static void
on_paste (GtkWidget *text, TrestlePriceCells *self)
{
  GtkWidget *entry = gtk_widget_get_ancestor (text, GTK_TYPE_ENTRY);

  g_signal_stop_emission_by_name (text, "paste-clipboard");
  if (self->pasting != NULL)
    g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);
  self->pasting = g_cancellable_new ();
  self->paste_mode = mode_of (self, entry);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (text), self->pasting, pasted_cb, self);
}

gboolean
trestle_price_cells_focus (TrestlePriceCells *self, guint mode)
{
  GtkWidget *entry;

  g_return_val_if_fail (TRESTLE_IS_PRICE_CELLS (self) && mode < TRESTLE_PRICE_MODES, FALSE);

  entry = GTK_WIDGET (entry_of (self, mode));
  return gtk_widget_get_visible (cell_of (self, mode)) && gtk_widget_get_sensitive (entry)
         && gtk_widget_grab_focus (entry);
}

static void
trestle_price_cells_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CAPTIONS)
    g_value_set_boolean (value, TRESTLE_PRICE_CELLS (object)->captions);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_price_cells_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestlePriceCells *self = TRESTLE_PRICE_CELLS (object);

  if (id != PROP_CAPTIONS)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->captions = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
trestle_price_cells_dispose (GObject *object)
{
  TrestlePriceCells *self = TRESTLE_PRICE_CELLS (object);

  if (self->pasting != NULL)
    g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PRICE_CELLS);
  g_clear_object (&self->lines);
  g_clear_object (&self->line);
  G_OBJECT_CLASS (trestle_price_cells_parent_class)->dispose (object);
}

static void
trestle_price_cells_class_init (TrestlePriceCellsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_price_cells_dispose;
  G_OBJECT_CLASS (klass)->get_property = trestle_price_cells_get_property;
  G_OBJECT_CLASS (klass)->set_property = trestle_price_cells_set_property;
  properties[PROP_CAPTIONS] = g_param_spec_boolean ("captions", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                        | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[NEXT] = g_signal_new ("next", TRESTLE_TYPE_PRICE_CELLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[BLOCK] = g_signal_new ("block", TRESTLE_TYPE_PRICE_CELLS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/pricing/trestle-price-cells.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, check);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, type);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, facts);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, machine);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, realtime);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, batch);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, training);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, realtime_cell);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, batch_cell);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, training_cell);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, total);
  gtk_widget_class_bind_template_child (widget_class, TrestlePriceCells, against);
}

static void
trestle_price_cells_init (TrestlePriceCells *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_cell (GtkEntry *entry, const char *type, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s, %s", type, what);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
trestle_price_cells_new (TrestlePriceLines *lines, TrestlePriceLine *line)
{
  TrestlePriceCells *self = g_object_new (TRESTLE_TYPE_PRICE_CELLS, NULL);
  const char *type = trestle_price_line_get_instance_type (line);
  g_autofree char *choice = NULL;

  self->lines = g_object_ref (lines);
  self->line = g_object_ref (line);
  if (type == NULL)
    type = _ ("One call");
  choice = g_strdup_printf (_ ("Select %s"), type);
  gtk_label_set_label (self->type, type);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choice, -1);
  name_cell (self->realtime, type,
             trestle_price_line_get_instance_type (line) != NULL ? _ ("real-time, dollars an hour")
                                                                 : _ ("dollars a call"));
  name_cell (self->batch, type, _ ("batch, dollars an hour"));
  name_cell (self->training, type, _ ("training, dollars an hour"));
  update (self);
  g_object_bind_property (line, "selected", self->check, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (line, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
    {
      GtkEntry *entry = entry_of (self, mode);

      g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "paste-clipboard",
                               G_CALLBACK (on_paste), self, 0);
    }
  return GTK_WIDGET (self);
}
