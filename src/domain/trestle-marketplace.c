/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-marketplace.h"

const char *const *
trestle_marketplace_categories (void)
{
  static const char *const categories[] = {
    "ML Solutions",
    "Data Labeling Services",
    "Computer Vision",
    "Natural Language Processing",
    "Speech Recognition",
    "Text",
    "Image",
    "Video",
    "Audio",
    "Structured",
    "Education & Research",
    "Financial Services",
    "Healthcare & Life Sciences",
    "Media & Entertainment",
    "Industrial",
    "Energy",
    "Data Analytics",
    "Security",
    NULL,
  };

  return categories;
}

const char *const *
trestle_marketplace_regions (void)
{
  static const char *const regions[] = {
    "us-east-1",      "us-east-2",    "us-west-1",      "us-west-2",      "ca-central-1",
    "sa-east-1",      "eu-central-1", "eu-west-1",      "eu-west-2",      "eu-west-3",
    "eu-north-1",     "ap-south-1",   "ap-southeast-1", "ap-southeast-2", "ap-northeast-1",
    "ap-northeast-2", NULL,
  };

  return regions;
}
