/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-web.h"

#include "base/trestle-clock.h"
#include "practice/trestle-practice-agreement.h"
#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-view.h"

/* Pages for people; programs that read them look for `data-arn`. */

static GString *
open_page (const char *title)
{
  g_autofree char *safe = g_markup_escape_text (title, -1);
  GString *page = g_string_new (NULL);

  g_string_append_printf (
      page,
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>%s</title>\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<style>body{font:16px/1.5 sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}"
      "code{font-size:.85em;overflow-wrap:anywhere}td,th{text-align:left;padding:.3rem .8rem .3rem 0;"
      "vertical-align:top}.mark{background:#613583;color:#fff;border-radius:9px;padding:.1rem .6rem}"
      "</style></head><body>\n<p><span class=\"mark\">Practice</span> This is a practice account on"
      " this computer; nothing here costs anything.</p>\n<h1>%s</h1>\n",
      safe, safe);
  return page;
}

static char *
close_page (GString *page)
{
  g_string_append (page, "</body></html>\n");
  return g_string_free (page, FALSE);
}

static void
append_version (GString *page, const TrestlePracticeVersion *version)
{
  const char *const *regions = trestle_practice_regions ();
  const char *name = get_text (version->object, "version");
  g_autofree char *safe = g_markup_escape_text (name, -1);
  g_autofree char *notes = g_markup_escape_text (get_text (version->object, "notes"), -1);

  g_string_append_printf (page,
                          "<h2>Version %s</h2>\n<p>%s</p>\n"
                          "<table><tr><th>Region</th><th>Product ARN</th></tr>\n",
                          safe, notes);
  for (guint i = 0; regions[i] != NULL; i++)
    {
      g_autofree char *arn = trestle_practice_catalogue_dup_arn (version, regions[i]);

      g_string_append_printf (page,
                              "<tr><td>%s</td><td><code data-arn=\"%s\" data-version=\"%s\""
                              " data-option=\"%s\" data-region=\"%s\">%s</code></td></tr>\n",
                              regions[i], arn, safe, version->option, regions[i], arn);
    }
  g_string_append (page, "</table>\n");
}

char *
trestle_practice_web_configure (TrestlePracticeWorld *world,
                                const char *account,
                                const char *product_id)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_product (world->catalogue,
                                                                                   product_id);
  g_autofree char *title = NULL;
  GString *page;

  if (!trestle_practice_agreement_is_provisioned (world->state, account, product_id,
                                                  trestle_clock_now ()))
    return NULL;
  title = g_strdup_printf ("Configure %s", listing->title);
  page = open_page (title);
  g_string_append_printf (page,
                          "<p>Account %s is subscribed. Choose version and Region, and copy the"
                          " product ARN into the tool that deploys it.</p>\n",
                          account);
  for (guint i = 0; i < listing->versions->len; i++)
    if (!((TrestlePracticeVersion *) listing->versions->pdata[i])->restricted)
      append_version (page, listing->versions->pdata[i]);
  return close_page (page);
}

char *
trestle_practice_web_listing (TrestlePracticeWorld *world, const TrestlePracticeListing *listing)
{
  GString *page = open_page (listing->title);
  g_autofree char *logo = trestle_practice_view_dup_logo (world, listing);
  g_autofree char *address = g_markup_escape_text (logo, -1);
  g_autofree char *seller = g_markup_escape_text (get_text (listing->seller, "name"), -1);
  g_autofree char *text = g_markup_escape_text (get_text (listing->object, "long"), -1);
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  JsonArray *highlights = get_array (listing->object, "highlights");

  g_string_append_printf (page,
                          "<p><img src=\"%s\" width=\"96\" height=\"96\" alt=\"\"> By %s</p>\n"
                          "<ul>\n",
                          address, seller);
  for (guint i = 0; i < array_length (highlights); i++)
    {
      g_autofree char *safe = g_markup_escape_text (json_array_get_string_element (highlights, i),
                                                    -1);

      g_string_append_printf (page, "<li>%s</li>\n", safe);
    }
  g_string_append (page, "</ul>\n");
  for (guint i = 0; paragraphs[i] != NULL; i++)
    g_string_append_printf (page, "<p>%s</p>\n", paragraphs[i]);
  return close_page (page);
}
