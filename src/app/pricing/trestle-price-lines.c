/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-price-lines.h"

#include "domain/trestle-dimensions.h"
#include "domain/trestle-price-sheet.h"
#include "domain/trestle-rate-card.h"

#define CARD "Offer.RateCard"

struct _TrestlePriceLines
{
  GObject parent_instance;

  TrestleOpenDraft *draft;
  GListStore *lines;
  GListModel *machines;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestlePriceLines,
                               trestle_price_lines,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint updated_signal;

static GType
get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_PRICE_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TRESTLE_PRICE_LINES (model)->lines));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TRESTLE_PRICE_LINES (model)->lines), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
trestle_price_lines_finalize (GObject *object)
{
  TrestlePriceLines *self = TRESTLE_PRICE_LINES (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->lines);
  g_clear_object (&self->machines);
  G_OBJECT_CLASS (trestle_price_lines_parent_class)->finalize (object);
}

static void
trestle_price_lines_class_init (TrestlePriceLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_price_lines_finalize;
  updated_signal = g_signal_new ("updated", TRESTLE_TYPE_PRICE_LINES, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_price_lines_init (TrestlePriceLines *self)
{
  self->lines = g_list_store_new (TRESTLE_TYPE_PRICE_LINE);
  g_signal_connect_object (self->lines, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

/* Where a mode's price stands in a line; a call's in the place of real-time. */
static int
column_of (TrestleUsageMode mode)
{
  switch (mode)
    {
    case TRESTLE_USAGE_MODE_REALTIME:
    case TRESTLE_USAGE_MODE_INFERENCE:
      return 0;
    case TRESTLE_USAGE_MODE_BATCH:
      return 1;
    case TRESTLE_USAGE_MODE_TRAINING:
      return 2;
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return -1;
    }
}

static TrestlePriceLine *
find_line (GPtrArray *lines, const char *type)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (trestle_price_line_get_instance_type (lines->pdata[i]), type) == 0)
      return lines->pdata[i];
  return NULL;
}

/* A line that is there already stays: people may be typing in it. */
static TrestlePriceLine *
take_line (TrestlePriceLines *self, GPtrArray *lines, const char *type)
{
  TrestlePriceLine *line = find_line (lines, type);

  if (line != NULL)
    return line;
  for (guint i = 0; line == NULL && i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) old = get_item (G_LIST_MODEL (self), i);

      if (g_strcmp0 (trestle_price_line_get_instance_type (old), type) == 0)
        line = g_steal_pointer (&old);
    }
  if (line == NULL)
    line = trestle_price_line_new (self->draft, type);
  else
    for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
      trestle_price_line_set_key (line, mode, NULL, NULL);
  g_ptr_array_add (lines, line);
  return line;
}

/* The title of the first version that has @key, by its package. */
static const char *
find_version (GPtrArray *packages, GPtrArray *titles, const char *key, gboolean per_inference)
{
  for (guint i = 0; i < packages->len; i++)
    {
      g_auto (GStrv) keys = trestle_dimensions_of_package (packages->pdata[i], per_inference);

      if (g_strv_contains ((const char *const *) keys, key))
        return titles->pdata[i];
    }
  return NULL;
}

static void
read_packages (TrestlePriceLines *self, GPtrArray *packages, GPtrArray *titles)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  guint n = trestle_draft_get_length (draft, "Versions");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *model = g_strdup_printf ("Versions[%u].SageMakerModelPackageArn", i);
      g_autofree char *algorithm = g_strdup_printf ("Versions[%u].SageMakerAlgorithmArn", i);
      g_autofree char *restricted = g_strdup_printf ("Versions[%u].Restricted", i);
      g_autofree char *title = g_strdup_printf ("Versions[%u].VersionTitle", i);
      const char *arn = trestle_draft_get_text (draft, model);
      TrestlePackage *package = trestle_open_draft_get_package (
          self->draft, *arn != '\0' ? arn : trestle_draft_get_text (draft, algorithm));

      if (package == NULL || trestle_draft_get_bool (draft, restricted))
        continue;
      g_ptr_array_add (packages, package);
      g_ptr_array_add (titles, g_strdup (trestle_draft_get_text (draft, title)));
    }
}

static gboolean
is_same (TrestlePriceLines *self, GPtrArray *lines)
{
  guint n = get_n_items (G_LIST_MODEL (self));
  gboolean same = n == lines->len;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      same = line == lines->pdata[i];
    }
  return same;
}

static void
update (TrestlePriceLines *self)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  TrestleDraft *live = trestle_open_draft_get_live (self->draft);
  g_autoptr (GPtrArray) packages = g_ptr_array_new ();
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) keys = NULL;
  gboolean per_inference = g_str_equal (trestle_price_lines_get_model (self), "inference");

  read_packages (self, packages, titles);
  keys = trestle_rate_card_dup_keys (draft, packages);
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *type = NULL;
      int column = column_of (trestle_dimension_parse (*key, &type));
      const char *version;

      if (column < 0)
        continue;
      version = live == NULL || trestle_rate_card_find (live, *key) == NULL
                    ? find_version (packages, titles, *key, per_inference)
                    : NULL;
      trestle_price_line_set_key (take_line (self, lines, type), (guint) column, *key, version);
    }
  if (!is_same (self, lines))
    g_list_store_splice (self->lines, 0, get_n_items (G_LIST_MODEL (self)), lines->pdata,
                         lines->len);
  trestle_price_lines_set_machines (self, self->machines);
  for (guint i = 0; i < lines->len; i++)
    trestle_price_line_update (lines->pdata[i]);
  g_signal_emit (self, updated_signal, 0);
}

static void
draft_changed_cb (TrestlePriceLines *self, const char *path)
{
  if (*path == '\0' || g_str_has_prefix (path, "Offer") || g_str_has_prefix (path, "Versions"))
    update (self);
}

TrestlePriceLines *
trestle_price_lines_new (TrestleOpenDraft *draft)
{
  TrestlePriceLines *self = g_object_new (TRESTLE_TYPE_PRICE_LINES, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (trestle_open_draft_get_draft (draft), "changed",
                           G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  /* packages and the live listing were read, again perhaps */
  g_signal_connect_object (draft, "linted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/* AWS's names of what an instance is used for. */
static TrestleInstancePrice *
find_machine (GListModel *machines, const char *type, guint mode)
{
  static const char *const components[TRESTLE_PRICE_MODES] = { "Hosting", "Batch Transform",
                                                               "Training" };

  for (guint i = 0; type != NULL && i < g_list_model_get_n_items (machines); i++)
    {
      g_autoptr (TrestleInstancePrice) machine = g_list_model_get_item (machines, i);

      if (g_strcmp0 (trestle_instance_price_get_instance_type (machine), type) == 0
          && g_strcmp0 (trestle_instance_price_get_component (machine), components[mode]) == 0)
        return machine; /* the list keeps it */
    }
  return NULL;
}

void
trestle_price_lines_set_machines (TrestlePriceLines *self, GListModel *machines)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINES (self));

  g_set_object (&self->machines, machines);
  for (guint i = 0; machines != NULL && i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);
      const char *type = trestle_price_line_get_instance_type (line);

      for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
        trestle_price_line_set_machine (line, mode, find_machine (machines, type, mode));
    }
}

gboolean
trestle_price_lines_has (TrestlePriceLines *self, guint mode)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), FALSE);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      if (trestle_price_line_has (line, mode))
        return TRUE;
    }
  return FALSE;
}

guint
trestle_price_lines_count_selected (TrestlePriceLines *self)
{
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), 0);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      n += trestle_price_line_get_selected (line);
    }
  return n;
}

guint
trestle_price_lines_dup_missing (TrestlePriceLines *self, char **version, char **type)
{
  guint n = 0;

  *version = *type = NULL;
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), 0);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);
      guint missing = trestle_price_line_count_missing (line);

      if (missing > 0 && n == 0)
        {
          *version = g_strdup (trestle_price_line_get_version (line));
          *type = g_strdup (trestle_price_line_get_instance_type (line));
        }
      n += missing;
    }
  return n;
}

void
trestle_price_lines_select_missing (TrestlePriceLines *self)
{
  g_return_if_fail (TRESTLE_IS_PRICE_LINES (self));

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      g_object_set (line, "selected", trestle_price_line_count_missing (line) > 0, NULL);
    }
}

gboolean
trestle_price_lines_fill (TrestlePriceLines *self,
                          guint modes,
                          const char *formula,
                          const char *step,
                          int direction,
                          GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), FALSE);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      if (trestle_price_line_get_selected (line)
          && !trestle_price_line_fill (line, modes, formula, step, direction, error))
        return FALSE;
    }
  return TRUE;
}

guint
trestle_price_lines_paste (TrestlePriceLines *self, const char *text, guint line, guint mode)
{
  g_autoptr (GPtrArray) rows = trestle_price_sheet_split (text);
  guint n = 0;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), 0);

  for (guint i = 0; i < rows->len && line + i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      char **cells = rows->pdata[i];
      g_autoptr (TrestlePriceLine) to = get_item (G_LIST_MODEL (self), line + i);
      guint column = mode;

      for (; *cells != NULL && column < TRESTLE_PRICE_MODES; column++)
        {
          g_autofree char *price = NULL;

          if (!trestle_price_lines_has (self, column))
            continue; /* a column that is not shown takes no cell */
          price = trestle_price_sheet_dup_price (*cells++);
          if (price == NULL || !trestle_price_line_has (to, column))
            continue;
          trestle_price_line_set_price (to, column, price);
          n++;
        }
    }
  return n;
}

static const char *
model_of (TrestleDraft *draft)
{
  if (g_str_equal (trestle_draft_get_text (draft, "Offer.PricingModel"), "Free"))
    return "free";
  return trestle_rate_card_find (draft, TRESTLE_DIMENSION_INFERENCE) != NULL ? "inference"
                                                                             : "hourly";
}

const char *
trestle_price_lines_get_model (TrestlePriceLines *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), "hourly");
  return model_of (trestle_open_draft_get_draft (self->draft));
}

/* Takes the rows of @mode out of the rate card. */
static void
remove_rates (TrestleDraft *draft, TrestleUsageMode mode)
{
  for (guint i = trestle_draft_get_length (draft, CARD); i-- > 0;)
    {
      g_autofree char *path = g_strdup_printf (CARD "[%u].DimensionKey", i);

      if (trestle_dimension_parse (trestle_draft_get_text (draft, path), NULL) == mode)
        trestle_draft_remove (draft, CARD, i);
    }
}

void
trestle_price_lines_set_model (TrestlePriceLines *self, const char *model)
{
  TrestleDraft *draft;

  g_return_if_fail (TRESTLE_IS_PRICE_LINES (self));

  draft = trestle_open_draft_get_draft (self->draft);
  if (g_str_equal (model, trestle_price_lines_get_model (self)))
    return;
  trestle_draft_set_text (draft, "Offer.PricingModel",
                          g_str_equal (model, "free") ? "Free" : "Usage");
  remove_rates (draft, g_str_equal (model, "inference") ? TRESTLE_USAGE_MODE_REALTIME
                                                        : TRESTLE_USAGE_MODE_INFERENCE);
  if (g_str_equal (model, "inference"))
    trestle_rate_card_set (draft, TRESTLE_DIMENSION_INFERENCE, "0.01");
  for (guint i = 0; g_str_equal (model, "free") && i < get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestlePriceLine) line = get_item (G_LIST_MODEL (self), i);

      for (guint mode = 0; mode < TRESTLE_PRICE_MODES; mode++)
        trestle_price_line_set_price (line, mode, "0");
    }
  if (g_str_equal (model, "free"))
    trestle_draft_set (draft, "Offer.FreeTrial", NULL);
}

gboolean
trestle_price_lines_is_locked (TrestlePriceLines *self)
{
  TrestleDraft *live;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (self), FALSE);

  live = trestle_open_draft_get_live (self->draft);
  return live != NULL && trestle_draft_has (live, "Offer.PricingModel");
}
